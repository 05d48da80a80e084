package dev.earshot.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/** Makes accounts through the administration API, as an operator would. */
public final class Accounts {

    private final ApiClient admin;

    public Accounts(URI adminUrl, String adminToken) {
        this.admin = ApiClient.forAdmin(adminUrl, adminToken);
    }

    /** A user's id and a key of theirs; the key is shown this once. */
    public record Access(long userId, String apiKey) {

        @Override
        public String toString() {
            return "Access[userId=" + userId + "]";
        }
    }

    /**
     * A new key for the user of an address, who is made if not there.
     *
     * @param botsAtOnce how many bots a user made by this may have out at a time
     */
    public Access user(String email, int botsAtOnce) {
        JsonNode user = admin.post("/admin/users", Map.of("email", email, "max_concurrent_bots", botsAtOnce));
        long userId = user.path("id").asLong();
        JsonNode token = admin.post("/admin/users/" + userId + "/tokens?scopes=bot,tx", Map.of());
        return new Access(userId, token.path("token").asText());
    }
}
