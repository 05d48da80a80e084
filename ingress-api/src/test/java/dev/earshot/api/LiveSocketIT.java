package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.TestApi.Account;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LiveSocketIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TestApi api = TestApi.shared();
    private final Account account = api.account(5);

    @Test
    void sendsFramesOfTheMeetingsThatAreSubscribedTo() {
        long one = api.meeting(account, "socket-one");
        long two = api.meeting(account, "socket-two");
        try (var writer = TranscriptWriter.of(api, one);
                var other = TranscriptWriter.of(api, two)) {
            writer.say("t0", "Ada", 0, 900, "said before");
            var client = connect("?api_key=" + account.key());
            client.send(
                    "{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"socket-one\"}]}");
            assertThat(client.next("subscribed")
                            .path("meetings")
                            .get(0)
                            .path("native_id")
                            .asString())
                    .isEqualTo("socket-one");
            client.next("meeting.status");
            writer.live("t0", "Ada", List.of(writer.text("t0", 1000, 1500, "now", false)), List.of());
            await().atMost(PATIENCE).until(() -> client.texts("pending").contains("now"));
            other.say("t0", "Bo", 0, 900, "elsewhere");
            writer.say("t0", "Ada", 1000, 1900, "now and then");

            await().atMost(PATIENCE).until(() -> client.texts("confirmed").contains("now and then"));
            assertThat(client.texts("confirmed")).containsExactly("now and then");

            client.send(
                    "{\"action\":\"unsubscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"socket-one\"}]}");
            client.next("unsubscribed");
            writer.say("t0", "Ada", 3000, 3900, "unheard");
            client.send("{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"socket-one\","
                    + "\"after\":2},{\"platform\":\"demo\",\"native_id\":\"nowhere\"}]}");
            assertThat(client.next("error").path("details").get(0).asString())
                    .isEqualTo("meetings[1] not authorized or not found for user");
            await().atMost(PATIENCE).until(() -> client.texts("confirmed").contains("unheard"));
            assertThat(client.texts("confirmed")).containsExactly("now and then", "unheard");
        }
    }

    @Test
    void speaksGenerationE_whenAskedTo() {
        long meeting = api.meeting(account, "socket-early");
        try (var writer = TranscriptWriter.of(api, meeting);
                var client = connect("?v=0.6&api_key=" + account.key())) {
            client.send(
                    "{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"socket-early\"}]}");
            client.next("subscribed");
            assertThat(client.next("meeting.status")
                            .path("payload")
                            .path("status")
                            .asString())
                    .isEqualTo("requested");
            writer.live("t0", "Ada", List.of(writer.text("t0", 0, 900, "hello", false)), List.of());
            writer.say("t0", "Ada", 0, 1500, "hello world");
            JsonNode lasting =
                    client.next("transcript.finalized").path("payload").path("segments");
            assertThat(lasting.get(0).path("text").asString()).isEqualTo("hello world");
            List<JsonNode> mutable = client.ofType("transcript.mutable");
            JsonNode newest = mutable.get(mutable.size() - 1)
                    .path("payload")
                    .path("segments")
                    .get(0);
            assertThat(newest.path("text").asString()).isEqualTo("hello world");
            assertThat(newest.path("end_time").asDouble()).isEqualTo(1.5);
            assertThat(newest.path("session_uid").asString()).isEqualTo(writer.session());
            assertThat(client.ofType("transcript")).isEmpty();
        }
    }

    @Test
    void opensItsOneMeetingOnly_withAStreamToken() {
        long meeting = api.meeting(account, "socket-token");
        api.meeting(account, "socket-other");
        String token = api.post(account, "/meetings/" + meeting + "/stream-token", "")
                .body()
                .path("token")
                .asString();
        try (var writer = TranscriptWriter.of(api, meeting);
                var client = connect("?token=" + token)) {
            client.send("{\"action\":\"subscribe\",\"meetings\":["
                    + "{\"platform\":\"demo\",\"native_id\":\"socket-token\",\"after\":0},"
                    + "{\"platform\":\"demo\",\"native_id\":\"socket-other\"}]}");
            assertThat(client.next("subscribed").path("meetings")).hasSize(1);
            assertThat(client.next("error").path("details").get(0).asString())
                    .isEqualTo("meetings[1] not authorized or not found for user");
            writer.say("t0", "Ada", 0, 900, "for this one");
            await().atMost(PATIENCE).until(() -> client.texts("confirmed").contains("for this one"));
        }
        assertThat(connect("?token=" + token + "x").closed()).isEqualTo(4401);
    }

    @Test
    void answersInTheContractsWords() {
        var client = connect("?api_key=" + account.key());
        client.send("{\"action\":\"ping\"}");
        client.next("pong");
        client.send("nonsense");
        assertThat(client.next("error").path("error").asString()).isEqualTo("invalid_json");
        client.send("{\"action\":\"dance\"}");
        await().atMost(PATIENCE).until(() -> client.errors().contains("unknown_action"));
        client.send("{\"action\":\"subscribe\",\"meetings\":[]}");
        client.send("{\"action\":\"subscribe\",\"meetings\":{}}");
        client.send("{\"action\":\"subscribe\",\"meetings\":[\"zoom\",7]}");
        client.send("{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"zoom\",\"native_id\":\"x\"},7]}");
        client.next("subscribed");
        assertThat(client.ofType("error").stream()
                        .filter(frame -> frame.path("error").asString().equals("invalid_subscribe_payload"))
                        .map(frame -> frame.path("details").toString()))
                .containsExactly(
                        "\"'meetings' list cannot be empty\"",
                        "\"'meetings' must be a non-empty list\"",
                        "\"no valid meeting objects\"",
                        "[\"meetings[0] invalid native_meeting_id for platform 'zoom'\","
                                + "\"meetings[1] invalid native_meeting_id for platform ''\"]");
        client.send("{\"action\":\"unsubscribe\"}");
        await().atMost(PATIENCE).until(() -> client.errors().contains("invalid_unsubscribe_payload"));
    }

    @Test
    void closes_whenTheKeyIsMissingOrWrongOrForSomethingElse() {
        assertThat(connect("").closed()).isEqualTo(4401);
        assertThat(connect("?api_key=vxa_tx_wrong").closed()).isEqualTo(4401);
        assertThat(connect("?api_key=" + api.token(account.userId(), "bot")).closed())
                .isEqualTo(4403);
    }

    @Test
    void saysWhyItEnds_whenTheServerShutsDown() {
        api.meeting(account, "socket-goodbye");
        SocketClient client;
        try (var node = IngressApi.launch(api.config(0, 0), api.eventLog())) {
            client = SocketClient.connect("http://127.0.0.1:" + node.port() + "/ws?api_key=" + account.key());
            client.send(
                    "{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"socket-goodbye\"}]}");
            client.next("meeting.status");
        }
        assertThat(client.next("error").path("error").asString()).isEqualTo("going_away");
        assertThat(client.closed()).isEqualTo(1001);
    }

    private SocketClient connect(String query) {
        return SocketClient.connect(api.url("/ws" + query));
    }
}
