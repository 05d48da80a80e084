package dev.earshot.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.api.EventStream.Event;
import dev.earshot.api.TestApi.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients whose connection breaks again and again, anywhere, while somebody speaks. */
class CutOffIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CUTS = 20;

    /** Far longer than the pauses of who speaks here. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /** Not the common pool: newer JDKs finish connections there, which must not wait for who waits for them. */
    private static final Executor OWN_THREAD = task -> new Thread(task, "cut-off").start();

    private final TestApi api = TestApi.shared();
    private final Account account = api.account(5);

    @Test
    void endWithExactlyTheTranscript_whenCutOffTwentyTimes() throws Exception {
        long meeting = api.meeting(account, "cut-off");
        try (var writer = TranscriptWriter.of(api, meeting);
                var heart = writer.heartbeats();
                var sseNetwork = new CuttingProxy(api.api().port());
                var socketNetwork = new CuttingProxy(api.api().port())) {
            writer.begin();
            var sse = new SseViewer(sseNetwork.url("/meetings/" + meeting + "/events"));
            var socket = new SocketViewer(socketNetwork.url("/ws?api_key=" + account.key()));
            var cutsAreOver = new AtomicBoolean();
            CompletableFuture<Void> speech = CompletableFuture.runAsync(() -> speak(writer, cutsAreOver), OWN_THREAD);
            CompletableFuture<Void> overSse = CompletableFuture.runAsync(sse, OWN_THREAD);
            CompletableFuture<Void> overSocket = CompletableFuture.runAsync(socket, OWN_THREAD);

            for (int cut = 0; cut < CUTS; cut++) {
                cutOnceMoreHasCome(sse, sseNetwork);
                cutOnceMoreHasCome(socket, socketNetwork);
            }
            cutsAreOver.set(true);
            speech.join();
            writer.end();
            List<Said> transcript = writer.stored();
            overSse.join();
            socket.until(transcript.size());
            overSocket.join();

            assertThat(sse.said()).containsExactlyElementsOf(transcript);
            assertThat(socket.said()).containsExactlyElementsOf(transcript);
            assertThat(heart.beats()).isPositive();
            assertThat(sse.connections()).isGreaterThan(CUTS);
            assertThat(socket.connections()).isGreaterThan(CUTS);
        }
    }

    /** An entry, as a viewer or the table has it. */
    record Said(long seq, String kind, @Nullable String speaker, String text) {

        static Said of(JsonNode frame) {
            JsonNode segment = frame.path("confirmed").path(0);
            String kind =
                    switch (frame.path("type").asString()) {
                        case "transcript" -> "SEGMENT";
                        case "meeting.status" -> "STATUS";
                        case "transcript.gap" -> "GAP";
                        case "transcript.complete" -> "COMPLETE";
                        default -> frame.path("type").asString();
                    };
            JsonNode speaker = segment.path("speaker");
            return new Said(
                    frame.path("seq").asLong(),
                    kind,
                    speaker.isString() ? speaker.asString() : null,
                    segment.path("text").asString(""));
        }
    }

    /** One that always comes back with the cursor of what it saw last. */
    private abstract static class Viewer implements Runnable {

        private final List<Said> kept = new ArrayList<>();
        private final AtomicInteger connections = new AtomicInteger();

        /** Stays on a new connection until it breaks. False when there is nothing more to come. */
        abstract boolean connectOnce() throws InterruptedException;

        @Override
        public void run() {
            try {
                boolean more = true;
                while (more) {
                    connections.incrementAndGet();
                    more = connectOnce();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized void keep(JsonNode frame) {
            kept.add(Said.of(frame));
        }

        synchronized List<Said> said() {
            return List.copyOf(kept);
        }

        synchronized long cursor() {
            return kept.isEmpty() ? 0 : kept.get(kept.size() - 1).seq();
        }

        int connections() {
            return connections.get();
        }

        /** How many frames with a cursor this connection has brought so far. */
        abstract int onThisConnection();
    }

    private final class SseViewer extends Viewer {

        private final String url;
        private volatile @Nullable EventStream current;

        SseViewer(String url) {
            this.url = url;
        }

        @Override
        boolean connectOnce() throws InterruptedException {
            try (var stream = EventStream.open(url, account.key(), cursor())) {
                current = stream;
                while (!stream.endsWithin(PATIENCE.toSeconds())) {
                    // Stays: nothing has ended.
                }
                current = null;
                stream.withId().stream().map(Event::data).forEach(this::keep);
                return stream.response().statusCode() != 204;
            } catch (IllegalStateException e) {
                // Cut off before the answer began.
                return true;
            }
        }

        @Override
        int onThisConnection() {
            EventStream stream = current;
            return stream == null ? 0 : stream.withId().size();
        }
    }

    private static final class SocketViewer extends Viewer {

        private final String url;
        private volatile @Nullable SocketClient current;
        private volatile long last = Long.MAX_VALUE;

        SocketViewer(String url) {
            this.url = url;
        }

        void until(long seq) {
            last = seq;
        }

        @Override
        boolean connectOnce() throws InterruptedException {
            try (var client = SocketClient.connect(url)) {
                client.send("{\"action\":\"subscribe\",\"meetings\":[{\"platform\":\"demo\",\"native_id\":\"cut-off\","
                        + "\"after\":" + cursor() + "}]}");
                // Only now: a cut is to find nobody still sending.
                current = client;
                while (!client.endsWithin(20) && !client.isSilentFor(SILENCE) && cursor() + onThisConnection() < last) {
                    // Stays: nothing has ended.
                }
                current = null;
                client.withSeq().forEach(this::keep);
                return cursor() < last;
            } catch (CompletionException e) {
                return true;
            }
        }

        @Override
        int onThisConnection() {
            SocketClient client = current;
            return client == null ? 0 : client.withSeq().size();
        }
    }

    /** Cuts until the viewer comes back: a connection that ended by itself may have a successor that is still being opened. */
    private static void cutOnceMoreHasCome(Viewer viewer, CuttingProxy network) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> viewer.onThisConnection() > 0);
        int before = viewer.connections();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            network.cut();
            return viewer.connections() > before;
        });
    }

    private static void speak(TranscriptWriter writer, AtomicBoolean enough) {
        for (int i = 0; !enough.get() || i < 100; i++) {
            String track = "t" + i % 2;
            String speaker = i % 2 == 0 ? "Ada" : "Bo";
            long start = i * 1_000L;
            writer.live(track, speaker, List.of(writer.text(track, start, start + 500, "words", false)), List.of());
            writer.say(track, speaker, start, start + 900, "words " + i);
            if (i % 10 == 9) {
                writer.gap(track, start + 900, start + 1_000, "overload");
            }
        }
    }
}
