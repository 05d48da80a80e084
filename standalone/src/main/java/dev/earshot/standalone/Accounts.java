package dev.earshot.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.standalone.client.ApiClient;
import java.util.Map;

/** Makes accounts through the administration API, as an operator would. */
final class Accounts {

    private static final int BOTS_AT_ONCE = 10;

    private final ApiClient admin;

    Accounts(Standalone standalone) {
        this.admin = ApiClient.forAdmin(standalone.adminUrl(), standalone.adminToken());
    }

    /** A user's id and a key of theirs; the key is shown this once. */
    record Access(long userId, String apiKey) {

        @Override
        public String toString() {
            return "Access[userId=" + userId + "]";
        }
    }

    /** A new key for the user of an address, who is made if not there. */
    Access user(String email) {
        JsonNode user = admin.post("/admin/users", Map.of("email", email, "max_concurrent_bots", BOTS_AT_ONCE));
        long userId = user.path("id").asLong();
        JsonNode token = admin.post("/admin/users/" + userId + "/tokens?scopes=bot,tx", Map.of());
        return new Access(userId, token.path("token").asText());
    }
}
