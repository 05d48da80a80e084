package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import dev.earshot.api.domain.ApiKey;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsIT {

    private final TestApi api = TestApi.shared();

    @Test
    void makesAUserOnce_andFindsItAfterwards() {
        String email = "ada-" + UUID.randomUUID() + "@example.com";
        String body = "{\"email\":\"" + email + "\",\"name\":\"Ada\",\"data\":{\"team\":\"engine\"}}";

        Answer made = api.admin("POST", "/admin/users", body);
        Answer found = api.admin("POST", "/admin/users", body.replace("ada-", "ADA-"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).isEqualTo(made.body());
        assertThat(made.body().propertyNames())
                .containsExactly("id", "email", "name", "image_url", "max_concurrent_bots", "created_at", "data");
        assertThat(made.body().path("max_concurrent_bots").asInt()).isEqualTo(1);
        assertThat(made.body().path("created_at").asString()).endsWith("Z");
        assertThat(api.admin("GET", "/admin/users/email/" + email, null).body()).isEqualTo(made.body());
        assertThat(api.admin("GET", "/admin/users?limit=1000", null).body()).contains(made.body());
    }

    @Test
    void changesAUser_butNotItsAddress() {
        long id = api.account(1).userId();

        Answer changed = api.admin("PATCH", "/admin/users/" + id, "{\"max_concurrent_bots\":7,\"data\":{\"a\":1}}");
        Answer kept = api.admin("PATCH", "/admin/users/" + id, "{\"name\":\"Bo\"}");
        Answer refused = api.admin("PATCH", "/admin/users/" + id, "{\"email\":\"other@example.com\"}");

        assertThat(changed.body().path("max_concurrent_bots").asInt()).isEqualTo(7);
        assertThat(kept.body().path("max_concurrent_bots").asInt()).isEqualTo(7);
        assertThat(kept.body().path("data").path("a").asInt()).isEqualTo(1);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo("Cannot change user email via this endpoint.");
    }

    @Test
    void showsAKeyOnce_andKeepsItsHashOnly() throws SQLException {
        long id = api.account(1).userId();

        Answer made = api.admin("POST", "/admin/users/" + id + "/tokens?scopes=tx,bot&name=ci&expires_in=3600", null);
        String key = made.body().path("token").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(key).matches("vxa_tx_[A-Za-z0-9]{32}");
        assertThat(made.body().path("scopes"))
                .extracting(node -> node.asString())
                .containsExactly("tx", "bot");
        assertThat(made.body().path("expires_at").asString()).endsWith("Z");
        Answer user = api.admin("GET", "/admin/users/" + id, null);
        assertThat(user.raw().body()).doesNotContain(key);
        assertThat(user.body().path("api_tokens")).hasSize(2);
        var url = dev.earshot.api.postgres.DatabaseUrl.parse(api.stack().databaseUrl());
        try (var connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) from earshot.api_tokens where api_tokens::text like '%vxa\\_%'")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void letsNobodyIn_withAKeyThatIsGoneOrTooOld() {
        Account account = api.account(1);
        Answer made = api.admin("POST", "/admin/users/" + account.userId() + "/tokens", null);
        var key = new Account(account.userId(), made.body().path("token").asString());

        Answer me = api.get(key, "/auth/me");
        assertThat(me.body().path("user_id").asLong()).isEqualTo(account.userId());
        assertThat(me.body().path("scopes")).extracting(node -> node.asString()).containsExactly("bot");
        assertThat(me.body().path("max_concurrent").asInt()).isEqualTo(1);

        long tokenId = made.body().path("id").asLong();
        assertThat(api.admin("DELETE", "/admin/tokens/" + tokenId, null).status())
                .isEqualTo(204);
        assertThat(api.get(key, "/auth/me").detail()).isEqualTo("Invalid API key");
        assertThat(api.get(account, "/auth/me").status()).isEqualTo(200);
        api.sql("update earshot.api_tokens set expires_at = now() where user_id = " + account.userId());
        assertThat(api.get(account, "/auth/me").detail()).isEqualTo("Invalid API key");

        Answer again = api.admin("DELETE", "/admin/tokens/" + tokenId, null);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.detail()).isEqualTo("Token not found");
    }

    @Test
    void asksOnce_whoseAWrongKeyIs() {
        long user = api.account(1).userId();
        String key = "vxa_tx_" + UUID.randomUUID();
        var stranger = new Account(0, key);
        assertThat(api.get(stranger, "/auth/me").detail()).isEqualTo("Invalid API key");
        // No key is ever made that way: it shows that nobody looked again.
        api.sql("insert into earshot.api_tokens (user_id, hash, scopes) values (" + user + ", '" + ApiKey.hash(key)
                + "', '{tx}')");
        assertThat(api.get(stranger, "/auth/me").detail()).isEqualTo("Invalid API key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        POST   | /admin/users                          | {}                                     | 422
        POST   | /admin/users                          | {"email":"nobody"}                     | 422
        POST   | /admin/users                          | {"email":7}                            | 422
        POST   | /admin/users                          | {"email":"a@b.example","data":[]}      | 422
        POST   | /admin/users                          | {"email":"a@b.example","max_concurrent_bots":-1} | 422
        POST   | /admin/users                          | [1]                                    | 422
        POST   | /admin/users                          | {"email"                               | 422
        POST   | /admin/users                          | -                                      | 422
        GET    | /admin/users?limit=0                  | -                                      | 422
        GET    | /admin/users?skip=x                   | -                                      | 422
        GET    | /admin/users/9999999                  | -                                      | 404
        GET    | /admin/users/x                        | -                                      | 422
        GET    | /admin/users/email/no@where.example   | -                                      | 404
        PATCH  | /admin/users/9999999                  | {"name":"x"}                           | 404
        POST   | /admin/users/9999999/tokens           | -                                      | 404
        POST   | /admin/users/1/tokens?scopes=root     | -                                      | 422
        POST   | /admin/users/1/tokens?expires_in=0    | -                                      | 422
        DELETE | /admin/tokens/x                       | -                                      | 422
        PUT    | /admin/users                          | {}                                     | 405
        GET    | /admin/nothing                        | -                                      | 404
        """)
    void answersBadInputInASentence(String method, String path, String body, int status) {
        Answer answer = api.admin(method, path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().has("detail")).isTrue();
        assertThat(answer.raw().body()).doesNotContain("Exception").doesNotContain("dev.earshot");
    }
}
