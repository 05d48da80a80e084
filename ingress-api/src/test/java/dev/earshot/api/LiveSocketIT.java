package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.TestApi.Account;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LiveSocketIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TestApi api = TestApi.shared();
    private final Account account = api.account(5);

    @Test
    void sendsFramesOfTheMeetingsThatAreSubscribedTo() {
        long one = meeting("socket-one");
        long two = meeting("socket-two");
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
    void answersInTheContractsWords() {
        var client = connect("?api_key=" + account.key());
        client.send("{\"action\":\"ping\"}");
        client.next("pong");
        client.send("nonsense");
        assertThat(client.next("error").path("error").asString()).isEqualTo("invalid_json");
        client.send("{\"action\":\"dance\"}");
        await().atMost(PATIENCE).until(() -> client.errors().contains("unknown_action"));
        client.send("{\"action\":\"subscribe\",\"meetings\":[]}");
        await().atMost(PATIENCE).until(() -> client.errors().contains("invalid_subscribe_payload"));
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

    private long meeting(String nativeId) {
        return api.post(
                        account,
                        "/bots",
                        "{\"platform\":\"demo\",\"native_meeting_id\":\"" + nativeId
                                + "\",\"meeting_url\":\"http://127.0.0.1:1/meet\"}")
                .body()
                .path("id")
                .asLong();
    }

    private Client connect(String query) {
        var client = new Client();
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(api.url("/ws" + query).replace("http:", "ws:")), client)
                .join();
        return client;
    }

    private static final class Client implements WebSocket.Listener {

        private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private volatile int closeCode;
        private @Nullable WebSocket socket;

        void send(String message) {
            socket.sendText(message, true).join();
        }

        JsonNode next(String type) {
            await().atMost(PATIENCE).until(() -> frames.stream()
                    .anyMatch(f -> f.path("type").asString().equals(type)));
            return frames.stream()
                    .filter(f -> f.path("type").asString().equals(type))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> texts(String kind) {
            return frames.stream()
                    .flatMap(frame -> frame.path(kind).valueStream())
                    .map(segment -> segment.path("text").asString())
                    .toList();
        }

        List<String> errors() {
            return frames.stream()
                    .map(frame -> frame.path("error").asString(""))
                    .toList();
        }

        int closed() {
            await().atMost(PATIENCE).until(() -> closeCode != 0);
            return closeCode;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                frames.add(TestApi.JSON.readTree(part.toString()));
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            closeCode = statusCode;
            return null;
        }
    }
}
