package dev.earshot.api;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of the WebSocket that keeps every frame it is sent. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int closeCode;
    private volatile long heardAtNanos = System.nanoTime();
    private final WebSocket socket;

    private SocketClient(String url) {
        socket = answered(HTTP.newWebSocketBuilder().buildAsync(URI.create(url), this));
    }

    /** Connects; an {@code http} address will do. Throws CompletionException when that fails, or takes 15 s. */
    static SocketClient connect(String url) {
        return new SocketClient(url.replaceFirst("^http:", "ws:"));
    }

    void send(String message) {
        answered(socket.sendText(message, true));
    }

    /** The JDK's client does not always tell of a connection that was cut under it: nobody waits without end. */
    private static <T> T answered(CompletableFuture<T> answer) {
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The first frame of a type, once it is there. */
    JsonNode next(String type) {
        await().atMost(PATIENCE).until(() -> !ofType(type).isEmpty());
        return ofType(type).get(0);
    }

    List<JsonNode> ofType(String type) {
        return frames.stream()
                .filter(frame -> frame.path("type").asString().equals(type))
                .toList();
    }

    /** Frames that have a cursor, in the order in which they came. */
    List<JsonNode> withSeq() {
        return frames.stream().filter(frame -> frame.has("seq")).toList();
    }

    List<String> texts(String kind) {
        return frames.stream()
                .flatMap(frame -> frame.path(kind).valueStream())
                .map(segment -> segment.path("text").asString())
                .toList();
    }

    List<String> errors() {
        return frames.stream().map(frame -> frame.path("error").asString("")).toList();
    }

    int closed() {
        await().atMost(PATIENCE).until(() -> closeCode != 0);
        return closeCode;
    }

    /** Whether the connection is gone, however it went, within the time. */
    boolean endsWithin(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Whether nothing has come for so long. The JDK's client does not always tell that a connection was cut, so who must not
     * hang gives a silent one up.
     */
    boolean isSilentFor(Duration time) {
        return System.nanoTime() - heardAtNanos > time.toNanos();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heardAtNanos = System.nanoTime();
        part.append(data);
        if (last) {
            frames.add(TestApi.JSON.readTree(part.toString()));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closeCode = statusCode;
        over.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        over.countDown();
    }

    @Override
    public void close() {
        socket.abort();
        over.countDown();
    }
}
