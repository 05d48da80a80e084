package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the API does while a server behind it is away, and afterwards. */
class OutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestApi api;

    @BeforeAll
    static void startServersOfOurOwn() {
        api = TestApi.alone();
    }

    @AfterAll
    static void endThem() {
        api.close();
    }

    @Test
    void losesTheNewestWordsOnly_whileRedisIsAway() {
        Account account = api.account(1);
        long meeting = api.meeting(account, "no-redis");
        api.stack().redis().stop();
        assertThat(health()).isEqualTo("degraded");
        try (var stream = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
            api.stack().redis().start();
            try (var writer = TranscriptWriter.of(api, meeting)) {
                writer.say("t0", "Ada", 0, 900, "still here");
                await().atMost(PATIENCE).until(() -> stream.withId().size() == 1);
                writer.live("t0", "Ada", List.of(writer.text("t0", 1000, 1500, "and now", false)), List.of());
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.get(account, "/transcripts/demo/no-redis")
                                .body()
                                .path("segments"))
                        .hasSize(2));
            }
        }
        await().atMost(PATIENCE).until(() -> health().equals("ok"));
    }

    @Test
    void saysSo_whilePostgresIsAway() {
        Account account = api.account(1);
        api.meeting(account, "postgres-away");
        openConnections(account);
        SocketClient socket = SocketClient.connect(api.url("/ws?api_key=" + account.key()));
        socket.send("{\"action\":\"ping\"}");
        socket.next("pong");
        api.stack().postgres().stop();
        Answer answer = api.get(account, "/meetings");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.detail()).isEqualTo("Service unavailable: a server behind us does not answer");
        assertThat(answer.raw().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(health()).isEqualTo("down");
        socket.send(
                "{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"postgres-away\"}]}");
        assertThat(socket.next("error").path("error").asString()).isEqualTo("authorization_call_failed");
        SocketClient refused = SocketClient.connect(api.url("/ws?api_key=" + account.key()));
        assertThat(refused.next("error").path("error").asString()).isEqualTo("auth_unavailable");
        assertThat(refused.closed()).isEqualTo(4503);
        api.stack().postgres().start();
        assertThat(api.get(account, "/meetings").status()).isEqualTo(200);
        socket.close();
    }

    /** As many as the API keeps for later: all of them die with the server. */
    private static void openConnections(Account account) {
        Flux.range(0, 64)
                .flatMap(
                        i -> Mono.fromCallable(
                                        () -> api.get(account, "/meetings").status())
                                .subscribeOn(Schedulers.boundedElastic()),
                        16)
                .doOnNext(status -> assertThat(status).isEqualTo(200))
                .blockLast(PATIENCE);
    }

    @Test
    void sendsNoBot_whileKafkaIsAway_andGoesOnAfterwards() {
        Account account = api.account(1);
        long meeting = api.meeting(account, "kafka-away");
        try (var writer = TranscriptWriter.of(api, meeting);
                var stream = EventStream.open(api.url("/meetings/" + meeting + "/events"), account.key(), 0)) {
            writer.say("t0", "Ada", 0, 900, "before");
            await().atMost(PATIENCE).until(() -> stream.withId().size() == 1);
            api.stack().stopKafka();
            Account other = api.account(1);
            Answer refused = ask(other, "never-told");
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.detail()).isEqualTo("Failed to start bot container");
            Answer unheard = api.delete(account, "/bots/demo/kafka-away");
            assertThat(unheard.status()).isEqualTo(503);
            await().atMost(PATIENCE).until(() -> lastOfHealth(stream).equals("stalled"));
            assertThat(health()).isEqualTo("degraded");
            api.stack().startKafka();
            await().atMost(PATIENCE).until(() -> lastOfHealth(stream).equals("ok"));

            writer.say("t0", "Ada", 1000, 1900, "after");
            await().atMost(PATIENCE).until(() -> stream.withId().size() == 2);
            await().atMost(PATIENCE).until(() -> ask(other, "told").status() == 201);
            Answer never = api.get(other, "/transcripts/demo/never-told");
            assertThat(never.body().path("status").asString()).isEqualTo("failed");
        }
    }

    /** A busy machine's broker may be silent for a moment besides. */
    private static String lastOfHealth(EventStream stream) {
        return stream.events().stream()
                .filter(event -> event.type().equals("health"))
                .map(event -> event.data().path("status").asString())
                .reduce("", (earlier, later) -> later);
    }

    private static Answer ask(Account account, String nativeId) {
        return api.post(
                account,
                "/bots",
                "{\"platform\":\"demo\",\"native_meeting_id\":\"" + nativeId
                        + "\",\"meeting_url\":\"http://127.0.0.1:1/meet\"}");
    }

    private static String health() {
        return api.send("GET", api.url("/health"), "", "", null)
                .body()
                .path("status")
                .asString();
    }
}
