package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Walks every route that is described, as somebody who must not get through. */
class SecurityIT {

    /** Something that every route which reads a body finds in order. */
    private static final String BODY =
            "{\"language\":\"en\",\"data\":{\"name\":\"stolen\"},\"webhook_url\":\"http://127.0.0.1:1\","
                    + "\"platform\":\"zoom\",\"native_meeting_id\":\"6500000009\"}";

    private static final String NATIVE = "6500000001";

    private final TestApi api = TestApi.shared();

    /** A route as the API describes it. */
    private record Route(String method, String path) {

        boolean isOf(String area) {
            return path.equals("/" + area) || path.startsWith("/" + area + "/");
        }

        boolean namesSomething() {
            return path.contains("{");
        }
    }

    @Test
    void letsNobodyThrough_whoseKeyIsForSomethingElse() {
        long user = api.account(1).userId();
        String bot = api.token(user, "bot");
        String reader = api.token(user, "tx");
        List<Route> scoped = routes().stream()
                .filter(route ->
                        route.isOf("bots") || route.isOf("user") || route.isOf("meetings") || route.isOf("transcripts"))
                .toList();
        assertThat(scoped).hasSizeGreaterThan(25);
        for (Route route : scoped) {
            String key = route.isOf("bots") || route.isOf("user") ? reader : bot;
            Answer answer = api.send(route.method(), api.url(filled(route, 1)), "X-API-Key", key, BODY);
            assertThat(answer.status()).as(route.toString()).isEqualTo(403);
            assertThat(answer.detail()).as(route.toString()).isEqualTo("Insufficient scope for this endpoint");
        }
    }

    @Test
    void keepsAdministrationFromUsers() {
        String key = api.account(1).key();
        List<Route> admin =
                routes().stream().filter(route -> route.isOf("admin")).toList();
        assertThat(admin).hasSizeGreaterThan(5);
        for (Route route : admin) {
            for (String header : List.of("X-API-Key", "X-Admin-API-Key", "X-Admin-Token")) {
                Answer answer = api.send(route.method(), api.url(filled(route, 1)), header, key, BODY);
                assertThat(answer.status()).as(route + " " + header).isEqualTo(403);
            }
        }
    }

    @Test
    void keepsEverybodyToTheirOwn() {
        Account owner = api.account(1);
        long meeting = api.post(owner, "/bots", "{\"platform\":\"zoom\",\"native_meeting_id\":\"" + NATIVE + "\"}")
                .body()
                .path("id")
                .asLong();
        long stranger = api.account(1).userId();
        var thief = new Account(stranger, api.token(stranger, "bot,tx,browser"));
        List<Route> named = routes().stream()
                .filter(route -> route.namesSomething() && !route.isOf("admin") && !route.isOf("public"))
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        for (Route route : named) {
            Answer answer = api.send(route.method(), api.url(filled(route, meeting)), "X-API-Key", thief.key(), BODY);
            assertThat(answer.status()).as(route + " " + answer.raw().body()).isIn(404, 501);
        }
        for (Route route : routes()) {
            if (route.method().equals("GET") && !route.namesSomething() && !route.isOf("admin")) {
                Answer answer = api.send("GET", api.url(route.path() + "?q=a"), "X-API-Key", thief.key(), null);
                assertThat(answer.raw().body()).as(route.toString()).doesNotContain(NATIVE);
            }
        }
        JsonNode untouched = api.get(owner, "/meetings/" + meeting).body();
        assertThat(untouched.path("status").asString()).isIn("requested", "failed");
        assertThat(untouched.path("data").has("name")).isFalse();
        assertThat(untouched.path("data").has("stop_requested")).isFalse();
    }

    @Test
    void tellsBrowsersWhatAnswersMayDo_onEveryRoute() {
        for (Route route : routes()) {
            var headers = api.send(route.method(), api.url(filled(route, 1)), "", "", BODY)
                    .raw()
                    .headers();
            assertThat(headers.firstValue("X-Content-Type-Options"))
                    .as(route.toString())
                    .hasValue("nosniff");
            assertThat(headers.firstValue("X-Frame-Options"))
                    .as(route.toString())
                    .hasValue("DENY");
            assertThat(headers.firstValue("Referrer-Policy"))
                    .as(route.toString())
                    .hasValue("no-referrer");
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .as(route.toString())
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
            assertThat(headers.firstValue("Server")).as(route.toString()).isEmpty();
        }
    }

    @Test
    void answersPagesOfAnyOrigin_butNeverWithTheirCookies() {
        Answer asked = api.send(
                "OPTIONS",
                api.url("/bots"),
                request -> request.header("Origin", "https://app.example")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "x-api-key, idempotency-key"),
                null);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.raw().headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(asked.raw().headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        Answer refused =
                api.send("GET", api.url("/meetings"), request -> request.header("Origin", "https://app.example"), null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.raw().headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(refused.raw().headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(names -> assertThat(names).contains("X-RateLimit-Remaining", "Retry-After"));
    }

    @Test
    void letsNoPageAdminister() {
        for (String url : List.of(
                api.url("/admin/users"),
                api.url("/users"),
                "http://127.0.0.1:" + api.api().adminPort() + "/metrics",
                "http://127.0.0.1:" + api.api().adminPort() + "/admin/users")) {
            Answer answer = api.send(
                    "GET",
                    url,
                    request -> request.header("Origin", "https://evil.example")
                            .header("X-Admin-API-Key", TestApi.ADMIN_TOKEN),
                    null);
            assertThat(answer.status()).as(url).isEqualTo(200);
            assertThat(answer.raw().headers().firstValue("Access-Control-Allow-Origin"))
                    .as(url)
                    .isEmpty();
            Answer asked = api.send(
                    "OPTIONS",
                    url,
                    request -> request.header("Origin", "https://evil.example")
                            .header("Access-Control-Request-Method", "GET"),
                    null);
            assertThat(asked.raw().headers().firstValue("Access-Control-Allow-Origin"))
                    .as(url)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST,  /bots",
        "PUT,   /bots/zoom/1/config",
        "PATCH, /meetings/zoom/1",
        "PUT,   /user/webhook",
        "POST,  /admin/users",
        "PATCH, /admin/users/1"
    })
    void readsNoBodyThatIsTooLarge(String method, String path) {
        String large = "{\"x\":\"" + "x".repeat(300_000) + "\"}";
        Answer answer = path.startsWith("/admin")
                ? api.admin(method, path, large)
                : api.send(method, api.url(path), "X-API-Key", api.account(1).key(), large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).isEqualTo("Request body is too large");
    }

    private List<Route> routes() {
        JsonNode paths =
                api.send("GET", api.url("/openapi.json"), "", "", null).body().path("paths");
        return paths.propertyNames().stream()
                .flatMap(path -> paths.path(path).propertyNames().stream()
                        .map(method -> new Route(method.toUpperCase(Locale.ROOT), path)))
                .toList();
    }

    private static String filled(Route route, long meetingId) {
        return route.path()
                .replace("{platform}", "zoom")
                .replace("{nativeMeetingId}", NATIVE)
                .replaceAll("\\{[^}]+}", Long.toString(meetingId));
    }
}
