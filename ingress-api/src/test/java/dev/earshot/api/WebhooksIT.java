package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import dev.earshot.api.app.WebhooksCommand;
import dev.earshot.api.domain.WebhookSignature;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.schema.avro.MeetingEventType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.databind.JsonNode;

class WebhooksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestApi api = TestApi.shared();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final DisposableServer receiver = HttpServer.create()
            .host("127.0.0.1")
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asByteArray()
                    .defaultIfEmpty(new byte[0])
                    .flatMapMany(body -> {
                        visits.add(new Visit(headers(request), body));
                        Integer answer = answers.poll();
                        return response.status(answer == null ? 204 : answer).send();
                    }))
            .bindNow();

    private static Map<String, String> headers(HttpServerRequest request) {
        return request.requestHeaders().entries().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    /** A request that reached the receiver. */
    private record Visit(Map<String, String> headers, byte[] body) {

        JsonNode json() {
            return TestApi.JSON.readTree(body);
        }
    }

    @AfterEach
    void close() {
        receiver.disposeNow();
    }

    @Test
    void tellsThatAMeetingIsOver_signedAndOnce() {
        Account account = api.account(1);
        set(account, ",\"webhook_secret\":\"s3cret-of-some-length\"");
        long meeting = finishedMeeting(account, "6400000001");
        await().atMost(PATIENCE).until(() -> outcomes(account)
                .equals(List.of("meeting.completed delivered 1", "meeting.started suppressed 0")));
        assertThat(visits).hasSize(1);
        Visit visit = visits.remove();
        assertThat(visit.json().path("event_type").asString()).isEqualTo("meeting.completed");
        assertThat(visit.json().path("api_version").asString()).isEqualTo("2026-03-01");
        JsonNode told = visit.json().path("data").path("meeting");
        assertThat(told.path("id").asLong()).isEqualTo(meeting);
        assertThat(told.path("status").asString()).isEqualTo("completed");
        assertThat(told.path("native_meeting_id").asString()).isEqualTo("6400000001");

        String id = visit.json().path("event_id").asString();
        assertThat(id).matches("evt_[0-9a-f]{32}");
        Map<String, String> headers = visit.headers();
        assertThat(headers).containsEntry("content-type", "application/json").containsEntry("webhook-id", id);
        Instant at = Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp")));
        WebhookSignature.headers("s3cret-of-some-length", id, at, visit.body())
                .forEach((name, value) -> assertThat(headers).containsEntry(name.toLowerCase(Locale.ROOT), value));
    }

    @Test
    void tellsOfWhatIsAskedFor_alsoWhenTheTranscriptIsWhole() {
        Account account = api.account(1);
        set(
                account,
                ",\"webhook_events\":{\"meeting.completed\":false,\"meeting.started\":true,"
                        + "\"meeting.status_change\":true,\"transcription.ready\":true}");
        long meeting = ask(account, "6400000011");
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            bot.event(MeetingEventType.SESSION_STARTED, null, null);
            bot.event(MeetingEventType.STATUS_CHANGED, "active", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "completed", "left_alone");
            bot.complete();
        }
        await().atMost(PATIENCE).until(() -> visits.size() == 5);
        assertThat(visits)
                .extracting(visit -> visit.json().path("event_type").asString() + " "
                        + visit.json()
                                .path("data")
                                .path("status_change")
                                .path("to")
                                .asString(""))
                .containsExactlyInAnyOrder(
                        "meeting.status_change joining",
                        "meeting.status_change active",
                        "meeting.started active",
                        "meeting.status_change completed",
                        "transcription.ready ");
        assertThat(visits)
                .extracting(visit -> visit.headers().get("webhook-id"))
                .doesNotHaveDuplicates();
        assertThat(visits).allMatch(visit -> !visit.headers().containsKey("authorization"));
    }

    @Test
    void triesAgain_whileTheReceiverIsUnwell_underTheSameId() {
        answers.addAll(List.of(500, 429));
        Account account = api.account(1);
        set(account, "");
        finishedMeeting(account, "6400000021");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed delivered 3"));
        assertThat(visits).hasSize(3);
        assertThat(visits)
                .extracting(visit -> visit.headers().get("webhook-id"))
                .containsOnly(visits.peek().headers().get("webhook-id"));
        assertThat(visits)
                .extracting(visit -> new String(visit.body(), StandardCharsets.UTF_8))
                .containsOnly(new String(visits.peek().body(), StandardCharsets.UTF_8));
    }

    @Test
    void givesUp_whenTheReceiverDoesNotWantIt_andSendsItAgainWhenAsked() {
        answers.add(410);
        Account account = api.account(1);
        set(account, "");
        finishedMeeting(account, "6400000031");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed failed 1"));
        JsonNode line = api.get(account, "/user/webhook/deliveries?limit=1")
                .body()
                .path("deliveries")
                .get(0);
        assertThat(line.path("last_status").asInt()).isEqualTo(410);
        assertThat(line.path("last_error").asString()).isEqualTo("the server answered 410");
        String id = line.path("event_id").asString();

        Answer stranger = api.post(api.account(1), "/user/webhook/deliveries/" + id + "/redeliver", "");
        assertThat(stranger.status()).isEqualTo(404);
        Answer again = api.post(account, "/user/webhook/deliveries/" + id + "/redeliver", "");
        assertThat(again.status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed delivered 1"));
        assertThat(visits)
                .extracting(visit -> visit.headers().get("webhook-id"))
                .containsOnly(id);
    }

    @Test
    void sendsAgainAllThatFailed() {
        answers.add(404);
        Account account = api.account(1);
        set(account, "");
        finishedMeeting(account, "6400000041");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed failed 1"));
        Answer none = api.post(account, "/user/webhook/deliveries/redeliver?since=2999-01-01T00:00:00Z", "");
        assertThat(none.body().path("message").asString()).isEqualTo("0 deliveries queued");
        Answer all = api.post(account, "/user/webhook/deliveries/redeliver", "");
        assertThat(all.body().path("message").asString()).isEqualTo("1 deliveries queued");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed delivered 1"));
    }

    @Test
    void letsAnOperatorSeeWhatFailed_andSendItAgain() {
        answers.add(404);
        Account account = api.account(1);
        set(account, "");
        finishedMeeting(account, "6400000061");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed failed 1"));
        String email = api.get(account, "/auth/me").body().path("email").asString();

        assertThat(operator("list", "--user", email, "--outcome", "failed"))
                .containsPattern("(?m)^evt_[0-9a-f]{32} +meeting\\.completed +failed +1 +[0-9T:-]+Z +" + email
                        + " +the server answered 404$")
                .doesNotContain("suppressed");
        assertThat(operator("list", "--limit", "1")).hasLineCount(2);
        assertThat(operator("redeliver", "--user", email, "--since", "2999-01-01T00:00:00Z"))
                .startsWith("0 queued");
        assertThat(operator("redeliver", "--user", email, "--dry-run")).startsWith("1 would be told once more");
        assertThat(outcomes(account)).contains("meeting.completed failed 1");
        assertThat(operator("redeliver", "--user", email)).startsWith("1 queued");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed delivered 1"));

        String id = visits.peek().headers().get("webhook-id");
        assertThat(operator("redeliver", id, "evt_none"))
                .startsWith("1 queued")
                .contains("earshot: 1 of 2 events are not in the ledger");
        await().atMost(PATIENCE).until(() -> visits.size() == 3);
        assertThat(visits)
                .extracting(visit -> visit.headers().get("webhook-id"))
                .containsOnly(id);
        assertThat(operator("list", "--user", "nobody@example.com"))
                .startsWith("earshot: user: nobody@example.com (expected: the e-mail address of an account)");
        assertThat(operator("list", "--database", "postgresql://u:hidden@127.0.0.1:1/none"))
                .startsWith("earshot: PostgreSQL cannot be used at 127.0.0.1:1/none (")
                .doesNotContain("hidden");
    }

    /** What the command says on both of its streams. */
    private String operator(String... words) {
        var said = new StringWriter();
        var out = new PrintWriter(said, true);
        boolean elsewhere = List.of(words).contains("--database");
        Failures.said(new CommandLine(new WebhooksCommand()).setCaseInsensitiveEnumValuesAllowed(true))
                .setOut(out)
                .setErr(out)
                .execute(Stream.concat(
                                Stream.of(words),
                                elsewhere
                                        ? Stream.empty()
                                        : Stream.of("--database", api.stack().databaseUrl()))
                        .toArray(String[]::new));
        return said.toString();
    }

    @Test
    void sendsWhatANodeTookThatIsGone() {
        Account account = api.account(1);
        set(account, "");
        finishedMeeting(account, "6400000051");
        await().atMost(PATIENCE).until(() -> outcomes(account).contains("meeting.completed delivered 1"));
        api.sql("update earshot.webhook_deliveries set outcome = 'queued', next_attempt_at = now() where outcome ="
                + " 'delivered' and user_id = " + account.userId());
        await().atMost(PATIENCE).until(() -> visits.size() == 2);
    }

    @Test
    void showsWhatIsSet_butNotTheSecret() {
        Account account = api.account(1);
        assertThat(api.get(account, "/user/webhook").body().path("webhook_url").isNull())
                .isTrue();
        Answer set = set(account, ",\"webhook_secret\":\"0123456789abcdef\",\"webhook_events\":{\"bot.failed\":true}");
        assertThat(set.body().propertyNames()).contains("id", "email", "max_concurrent_bots", "data");
        assertThat(set.raw().body()).doesNotContain("0123456789abcdef");
        JsonNode shown = api.get(account, "/user/webhook").body();
        assertThat(shown.path("webhook_secret").asString()).isEqualTo("****cdef");
        assertThat(shown.path("webhook_events").path("bot.failed").asBoolean()).isTrue();
        assertThat(api.admin("GET", "/admin/users/" + account.userId(), null)
                        .raw()
                        .body())
                .doesNotContain("0123456789abcdef");

        set(account, "");
        assertThat(api.get(account, "/user/webhook").body()).isEqualTo(shown);
        set(account, ",\"webhook_secret\":\"\",\"webhook_events\":null");
        JsonNode cleared = api.get(account, "/user/webhook").body();
        assertThat(cleared.path("webhook_secret").isNull()).isTrue();
        assertThat(cleared.path("webhook_events")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        PUT  | /user/webhook                      | {}                                                          | 422
        PUT  | /user/webhook                      | {"webhook_url":"ftp://example.com"}                         | 422
        PUT  | /user/webhook                      | {"webhook_url":"https://user:pass@example.com"}             | 422
        PUT  | /user/webhook                      | {"webhook_url":"nowhere"}                                   | 422
        PUT  | /user/webhook                      | {"webhook_url":7}                                           | 422
        PUT  | /user/webhook                      | {"webhook_url":"http://127.0.0.1","webhook_secret":7}       | 422
        PUT  | /user/webhook                      | {"webhook_url":"http://127.0.0.1","webhook_events":[]}      | 422
        PUT  | /user/webhook                      | {"webhook_url":"http://127.0.0.1","webhook_events":{"x":true}} | 422
        PUT  | /user/webhook                      | {"webhook_url":"http://127.0.0.1","webhook_events":{"bot.failed":1}} | 422
        GET  | /user/webhook/deliveries?limit=0   | -                                                           | 422
        GET  | /user/webhook/deliveries?limit=501 | -                                                           | 422
        POST | /user/webhook/deliveries/evt_1/redeliver | -                                                     | 404
        POST | /user/webhook/deliveries/redeliver?since=today | -                                               | 422
        """)
    void answersBadInputInASentence(String method, String path, String body, int status) {
        Answer answer =
                api.send(method, api.url(path), "X-API-Key", api.account(1).key(), body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().has("detail")).isTrue();
        assertThat(answer.raw().body()).doesNotContain("Exception").doesNotContain("dev.earshot");
    }

    private Answer set(Account account, String more) {
        String body = "{\"webhook_url\":\"http://127.0.0.1:" + receiver.port() + "/hook?a=b\"" + more + "}";
        Answer answer = api.send("PUT", api.url("/user/webhook"), "X-API-Key", account.key(), body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer;
    }

    private long finishedMeeting(Account account, String nativeId) {
        long meeting = ask(account, nativeId);
        try (var bot = TranscriptWriter.of(api, meeting)) {
            bot.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "active", null);
            bot.event(MeetingEventType.STATUS_CHANGED, "completed", "left_alone");
        }
        return meeting;
    }

    private long ask(Account account, String nativeId) {
        return api.post(account, "/bots", "{\"platform\":\"zoom\",\"native_meeting_id\":\"" + nativeId + "\"}")
                .body()
                .path("id")
                .asLong();
    }

    /** The ledger, newest first: type, outcome, attempts. */
    private List<String> outcomes(Account account) {
        JsonNode deliveries =
                api.get(account, "/user/webhook/deliveries").body().path("deliveries");
        return StreamSupport.stream(deliveries.spliterator(), false)
                .map(line -> line.path("event_type").asString() + " "
                        + line.path("outcome").asString() + " "
                        + line.path("attempts").asInt())
                .toList();
    }
}
