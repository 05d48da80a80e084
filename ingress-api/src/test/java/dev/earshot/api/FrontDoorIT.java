package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FrontDoorIT {

    private static final List<String> OPEN = List.of("/", "/health");

    private final TestApi api = TestApi.shared();

    @Test
    void letsNobodyThroughWithoutAKey_onAnyDescribedRoute() {
        JsonNode paths = document().path("paths");
        assertThat(paths.propertyNames()).hasSizeGreaterThan(15);
        routes(paths).filter(route -> !isOpen(route.getKey())).forEach(route -> {
            String url = api.url(route.getKey().replaceAll("\\{[^}]+}", "1"));
            boolean admin = route.getKey().startsWith("/admin");
            Answer none = api.send(route.getValue(), url, "X-API-Key", "", null);
            Answer wrong = api.send(route.getValue(), url, admin ? "X-Admin-API-Key" : "X-API-Key", "vxa_bot_no", null);
            assertThat(none.status()).as(url).isEqualTo(admin ? 403 : 401);
            assertThat(none.detail()).isEqualTo(admin ? "Invalid or missing admin token." : "Missing API key");
            assertThat(wrong.status()).as(url).isEqualTo(admin ? 403 : 401);
            assertThat(wrong.detail()).isEqualTo(admin ? "Invalid or missing admin token." : "Invalid API key");
        });
    }

    /** A request that is refused at once must not leave its connection unread: the next one waits on it. */
    @Test
    void readsAConnectionOnAfterEachRefusal() {
        for (int i = 0; i < 200; i++) {
            assertThat(api.send("POST", api.url("/bots"), "X-API-Key", "", null).status())
                    .isEqualTo(401);
            assertThat(api.send("POST", api.url("/bots"), "X-API-Key", "vxa_bot_no", null)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void asksForTheRightScope() {
        long user = api.account(1).userId();
        var bot = new Account(user, api.token(user, "bot"));
        var reader = new Account(user, api.token(user, "tx"));

        assertThat(api.get(bot, "/meetings").status()).isEqualTo(403);
        assertThat(api.get(bot, "/transcripts/zoom/1").detail()).isEqualTo("Insufficient scope for this endpoint");
        assertThat(api.get(reader, "/bots/status").status()).isEqualTo(403);
        assertThat(api.get(reader, "/meetings").status()).isEqualTo(200);
        assertThat(api.get(bot, "/auth/me").status()).isEqualTo(200);
    }

    @Test
    void hidesOtherPeoplesMeetings() {
        Account owner = api.account(1);
        Account stranger = api.account(1);
        long meeting = api.post(owner, "/bots", "{\"platform\":\"zoom\",\"native_meeting_id\":\"8400000001\"}")
                .body()
                .path("id")
                .asLong();

        for (String path : List.of("/meetings/" + meeting, "/bots/id/" + meeting, "/meetings/" + meeting + "/events")) {
            assertThat(api.get(stranger, path).status()).as(path).isEqualTo(404);
        }
        assertThat(api.get(stranger, "/transcripts/zoom/8400000001?meeting_id=" + meeting)
                        .status())
                .isEqualTo(404);
        assertThat(api.post(stranger, "/meetings/" + meeting + "/stream-token", "")
                        .status())
                .isEqualTo(404);
        assertThat(api.delete(stranger, "/bots/zoom/8400000001").status()).isEqualTo(404);
        assertThat(api.get(owner, "/meetings/" + meeting).body().path("status").asString())
                .isEqualTo("requested");
    }

    @Test
    void welcomesProgramsAndPeople() throws Exception {
        Answer program = api.send("GET", api.url("/"), "Accept", "application/json", null);
        assertThat(program.body().path("docs").asString()).isEqualTo("/docs");
        HttpResponse<String> person = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.url("/")))
                                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(person.body()).contains("<title>Earshot</title>");
        assertThat(person.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(person.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(api.send("GET", api.url("/page/app.js"), "", "", null)
                        .raw()
                        .headers()
                        .firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
        assertThat(api.send("GET", api.url("/page/../index.html"), "", "", null).status())
                .isEqualTo(404);
        assertThat(api.send("GET", api.url("/health"), "", "", null)
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("ok");
    }

    @Test
    void describesItself() {
        JsonNode document = document();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("components")
                        .path("schemas")
                        .path("MeetingView")
                        .path("properties")
                        .propertyNames())
                .contains("native_meeting_id", "constructed_meeting_url");
        JsonNode send = document.path("paths").path("/bots").path("post");
        assertThat(send.path("requestBody")
                        .path("content")
                        .path("application/json")
                        .has("schema"))
                .isTrue();
        assertThat(send.path("parameters").isMissingNode()
                        || send.path("parameters").isEmpty())
                .isTrue();
        assertThat(api.send("GET", api.url("/docs"), "", "", null).status()).isEqualTo(302);
    }

    @Test
    void servesAdministrationAloneOnItsPort() {
        String port = "http://127.0.0.1:" + api.api().adminPort();
        Answer users = api.send("GET", port + "/admin/users", "X-Admin-API-Key", TestApi.ADMIN_TOKEN, null);
        assertThat(users.status()).isEqualTo(200);
        Account account = api.account(1);
        assertThat(api.send("GET", port + "/meetings", "X-API-Key", account.key(), null)
                        .status())
                .isEqualTo(404);
        Answer metrics = api.send("GET", port + "/metrics", "", "", null);
        assertThat(metrics.raw().body()).contains("feed_viewers");
        assertThat(api.send("GET", api.url("/metrics"), "", "", null).status()).isEqualTo(404);
    }

    @Test
    void answersTheOlderFormsOfAdministration_onBothPorts() {
        for (String base : List.of(api.url(""), "http://127.0.0.1:" + api.api().adminPort())) {
            String email = "alias-" + UUID.randomUUID() + "@example.com";
            String body = "{\"email\":\"" + email + "\"}";
            Answer made = api.send("POST", base + "/users", "X-Admin-Token", TestApi.ADMIN_TOKEN, body);
            assertThat(made.status()).isEqualTo(201);
            String user = base + "/users/" + made.body().path("id").asLong();
            Answer token = api.send("POST", user + "/tokens?scopes=tx", "X-Admin-Token", TestApi.ADMIN_TOKEN, null);
            assertThat(token.status()).isEqualTo(201);
            String gone = base + "/tokens/" + token.body().path("id").asLong();
            assertThat(api.send("DELETE", gone, "X-Admin-API-Key", TestApi.ADMIN_TOKEN, null)
                            .status())
                    .isEqualTo(204);
            assertThat(api.send("GET", user, "X-Admin-Token", "wrong", null).detail())
                    .isEqualTo("Invalid or missing admin token.");
            assertThat(api.send("GET", user, "X-API-Key", api.account(1).key(), null)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void saysHowManyRequestsAreLeft() {
        Account account = api.account(1);
        var first = api.get(account, "/auth/me").raw().headers();
        assertThat(first.firstValue("X-RateLimit-Limit")).hasValue("60000");
        assertThat(first.firstValue("X-RateLimit-Remaining")).hasValue("59999");
    }

    @Test
    void speaksOfProblems_toWhomAsksForThem() throws Exception {
        Account account = api.account(1);
        HttpResponse<String> invalid = problem(account, "/meetings?limit=none");
        JsonNode body = TestApi.JSON.readTree(invalid.body());
        assertThat(invalid.statusCode()).isEqualTo(422);
        assertThat(invalid.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(body.propertyNames()).containsExactly("type", "title", "status", "detail", "instance", "errors");
        assertThat(body.path("type").asString()).isEqualTo("urn:earshot:problem:invalid-request");
        assertThat(body.path("errors").get(0).path("loc").get(1).asString()).isEqualTo("limit");
        JsonNode missing =
                TestApi.JSON.readTree(problem(account, "/meetings/99999999").body());
        assertThat(missing.path("type").asString()).isEqualTo("about:blank");
        assertThat(missing.path("title").asString()).isEqualTo("Not Found");
        assertThat(missing.path("status").asInt()).isEqualTo(404);
        assertThat(missing.path("detail").asString()).isEqualTo("Meeting not found");
        assertThat(missing.path("instance").asString()).isEqualTo("/meetings/99999999");
        JsonNode nobody = TestApi.JSON.readTree(
                problem(new Account(0, "none"), "/meetings").body());
        assertThat(nobody.path("title").asString()).isEqualTo("Unauthorized");
    }

    private HttpResponse<String> problem(Account account, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(api.url(path)))
                .header("X-API-Key", account.key())
                .header("Accept", "application/problem+json, application/json;q=0.5")
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        int taken = api.api().port();
        assertThatThrownBy(() -> IngressApi.launch(api.config(taken, 0), api.eventLog()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port " + taken + " on 127.0.0.1")
                .hasMessageContaining("API_PORT");
    }

    @Test
    void saysThatPostgresCannotBeReached() {
        IngressApiConfig good = api.config(0, 0);
        var bad = new IngressApiConfig(
                good.host(),
                0,
                0,
                "postgresql://nobody:secret@127.0.0.1:1/none",
                good.redisUrl(),
                good.adminToken(),
                good.rules());
        assertThatThrownBy(() -> IngressApi.launch(bad, api.eventLog()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PostgreSQL cannot be used at 127.0.0.1:1/none")
                .hasMessageContaining("DATABASE_URL")
                .hasMessageNotContaining("secret");
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path) || path.startsWith("/public/");
    }

    private JsonNode document() {
        return api.send("GET", api.url("/openapi.json"), "", "", null).body();
    }

    private static Stream<Map.Entry<String, String>> routes(JsonNode paths) {
        return paths.propertyNames().stream().flatMap(path -> paths.path(path).propertyNames().stream()
                .map(method -> Map.entry(path, method.toUpperCase(Locale.ROOT))));
    }
}
