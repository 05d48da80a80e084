package dev.earshot.audio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.audio.file.AudioFile;
import dev.earshot.audio.file.AudioFormatException;
import dev.earshot.eventlog.EventLog;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The network endpoints for audio that no bot brings: {@code POST /v1/audio/{meeting_id}} takes a WAV, {@code /v1/stream}
 * takes raw samples over a WebSocket, {@code /health} says that we live, {@code /metrics} what was taken in. Each upload or
 * stream is a session of its own.
 *
 * <p>Slow Kafka slows the client down through TCP; nothing is dropped.
 */
public final class AudioIngest implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AudioIngest.class);

    private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));
    private static final int LARGEST_MESSAGE = 1 << 20;
    private static final Duration END_PATIENCE = Duration.ofSeconds(20);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
    private static final String END = "end";
    private static final String NOT_TAKEN =
            "The audio did not get into Kafka as a whole, and its session has ended. Send it again later.";

    /** A session as its client asked for it. */
    private record Wish(String meetingId, @Nullable String speaker, DecodingOptions options) {}

    private final AudioIngestConfig config;
    private final EventLog eventLog;
    private final AudioPublisher publisher;
    private final IngestDoor door;
    private final ObjectMapper json = new ObjectMapper();
    private final Set<ClientSession> openSessions = ConcurrentHashMap.newKeySet();
    private final DisposableServer server;

    private AudioIngest(AudioIngestConfig config, EventLog eventLog, AudioEvents events, Supplier<String> metrics) {
        this.config = config;
        this.eventLog = eventLog;
        this.publisher = AudioPublisher.on(eventLog, events);
        this.door = new IngestDoor(config.token());
        this.server = HttpServer.create()
                .host(config.host())
                .port(config.port())
                .route(routes -> routes.get("/health", (request, response) -> health(response))
                        .get("/metrics", (request, response) -> metrics(request, response, metrics))
                        .post("/v1/audio/{meetingId}", this::upload)
                        .get("/v1/stream", this::stream))
                .bindNow();
        log.info("audio_ingest_started host={} port={}", config.host(), server.port());
    }

    /**
     * Opens the port. The topics must be there; the event log stays its owner's.
     *
     * @throws IllegalArgumentException with a sentence when the port is taken
     */
    public static AudioIngest launch(AudioIngestConfig config, EventLog eventLog) {
        return launch(config, eventLog, AudioEvents.NONE, () -> "");
    }

    /** The same, with a listener to what happens to the audio, and what {@code GET /metrics} says in Prometheus' format. */
    public static AudioIngest launch(
            AudioIngestConfig config, EventLog eventLog, AudioEvents events, Supplier<String> metrics) {
        try {
            return new AudioIngest(config, eventLog, events, metrics);
        } catch (ChannelBindException e) {
            throw new IllegalArgumentException(
                    "AUDIO_PORT: " + config.port() + " on " + config.host()
                            + " is taken (expected: a free port, or 0 for any)",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    private Publisher<Void> health(HttpServerResponse response) {
        ObjectNode status = json.createObjectNode().put("status", "up").put("sessions", openSessions.size());
        return answer(response, HttpResponseStatus.OK, status);
    }

    private Publisher<Void> metrics(HttpServerRequest request, HttpServerResponse response, Supplier<String> metrics) {
        Optional<String> refusal = refusal(request);
        return refusal.isPresent()
                ? error(response, HttpResponseStatus.UNAUTHORIZED, refusal.get())
                : response.header(HttpHeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .sendString(Mono.fromSupplier(metrics));
    }

    // --- a WAV in a request ---

    private Publisher<Void> upload(HttpServerRequest request, HttpServerResponse response) {
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        var wish = new Wish(String.valueOf(request.param("meetingId")), first(query, "speaker"), options(query));
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            return error(response, HttpResponseStatus.UNAUTHORIZED, refusal.get());
        }
        Optional<String> complaint = IngestDoor.complaint(wish.meetingId(), wish.options());
        if (complaint.isPresent()) {
            return error(response, HttpResponseStatus.BAD_REQUEST, complaint.get());
        }
        return Mono.usingWhen(
                        blocking(() -> Upload.begin(SCRATCH)),
                        upload -> receive(request, upload).then(blocking(() -> publish(upload, wish))),
                        upload -> blocking(upload::close))
                .flatMap(result -> Mono.from(answer(response, HttpResponseStatus.OK, result)))
                .onErrorResume(
                        AudioFormatException.class,
                        e -> Mono.from(error(response, HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()))))
                .onErrorResume(
                        UploadTooLargeException.class,
                        e -> Mono.from(error(
                                response, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, String.valueOf(e.getMessage()))))
                .onErrorResume(e -> {
                    log.warn("upload_failed meeting_id={} reason=\"{}\"", wish.meetingId(), e.toString());
                    return Mono.from(error(response, HttpResponseStatus.SERVICE_UNAVAILABLE, NOT_TAKEN));
                });
    }

    private Mono<Void> receive(HttpServerRequest request, Upload upload) {
        var received = new AtomicLong();
        return request.receive()
                .asByteArray()
                .publishOn(Schedulers.boundedElastic(), 16)
                .concatMap(
                        bytes -> {
                            if (received.addAndGet(bytes.length) > config.maxUploadBytes()) {
                                return Mono.error(new UploadTooLargeException(config.maxUploadBytes()));
                            }
                            return blocking(() -> upload.append(bytes));
                        },
                        1)
                .then();
    }

    private ObjectNode publish(Upload upload, Wish wish) throws IOException, InterruptedException, TimeoutException {
        try (AudioFile audio = AudioFile.open(upload.read(), "The upload")) {
            ClientSession client = admit(wish);
            String error = "The upload was not read to its end.";
            try {
                AudioSession session = client.start();
                for (short[] samples = audio.next(); samples != null; samples = audio.next()) {
                    client.write(samples);
                }
                error = null;
                end(client, null);
                return summary(session);
            } catch (AudioFormatException e) {
                error = e.getMessage();
                throw e;
            } finally {
                end(client, error);
            }
        }
    }

    // --- raw samples over a WebSocket ---

    private Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response) {
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        String meetingId = first(query, "meeting_id");
        String encoding = Optional.ofNullable(first(query, "encoding")).orElse("s16le");
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            return error(response, HttpResponseStatus.UNAUTHORIZED, refusal.get());
        }
        DecodingOptions options = options(query);
        Optional<String> complaint = IngestDoor.complaint(meetingId, options);
        if (complaint.isPresent() || meetingId == null) {
            return error(response, HttpResponseStatus.BAD_REQUEST, complaint.orElse("meeting_id is missing."));
        }
        if (!encoding.equals("s16le") && !encoding.equals("f32le")) {
            return error(
                    response,
                    HttpResponseStatus.BAD_REQUEST,
                    "encoding: " + encoding + " (expected: s16le or f32le, 16 kHz mono).");
        }
        var samples = new RawSamples(RawSamples.Coding.valueOf(encoding.toUpperCase(Locale.ROOT)));
        var wish = new Wish(meetingId, first(query, "speaker"), options);
        return response.sendWebsocket(
                (in, out) -> listen(in, out, wish, samples),
                WebsocketServerSpec.builder()
                        .maxFramePayloadLength(LARGEST_MESSAGE)
                        .build());
    }

    private Publisher<Void> listen(WebsocketInbound in, WebsocketOutbound out, Wish wish, RawSamples samples) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> admit(wish)),
                client -> blocking(client::start).flatMap(session -> say(
                                out,
                                json.createObjectNode().put("type", "started").put("session_uid", session.sessionUid()))
                        .then(converse(in, out, client, session, samples))),
                client -> Mono.empty(),
                (client, failure) -> blocking(() -> end(client, "The stream broke off: " + failure.getMessage())),
                client -> blocking(() -> end(client, "The stream broke off.")));
    }

    private Mono<Void> converse(
            WebsocketInbound in,
            WebsocketOutbound out,
            ClientSession client,
            AudioSession session,
            RawSamples samples) {
        return in.aggregateFrames(LARGEST_MESSAGE)
                .receiveFrames()
                .map(frame -> content(frame, samples))
                .concatMap(piece -> take(client, session, piece, out), 1)
                .then(blocking(() -> end(client, null)))
                .then();
    }

    /** The stream is left open after the end: giving it up would close the connection before the answer is out. */
    private Mono<Void> take(
            ClientSession client, AudioSession session, Optional<short[]> piece, WebsocketOutbound out) {
        return piece.isPresent()
                ? blocking(() -> client.write(piece.get()))
                : blocking(() -> end(client, null))
                        .then(Mono.defer(() -> say(out, summary(session).put("type", "ended"))))
                        .then(out.sendClose());
    }

    /** A message's samples; empty when the client says that it is done. */
    private static Optional<short[]> content(WebSocketFrame frame, RawSamples samples) {
        if (frame instanceof TextWebSocketFrame text && text.text().trim().equals(END)) {
            return Optional.empty();
        }
        return Optional.of(frame instanceof BinaryWebSocketFrame ? samples.read(frame.content()) : new short[0]);
    }

    private static Mono<Void> say(WebsocketOutbound out, ObjectNode message) {
        return out.sendString(Mono.just(message.toString())).then();
    }

    // --- sessions ---

    /** Counts a client's session as open from here on until {@link #end}. */
    private ClientSession admit(Wish wish) {
        var client = new ClientSession(
                () -> AudioSession.start(eventLog, publisher, wish.meetingId(), wish.speaker(), wish.options()));
        openSessions.add(client);
        return client;
    }

    private void end(ClientSession client, @Nullable String error) throws InterruptedException, TimeoutException {
        try {
            client.end(error);
        } finally {
            openSessions.remove(client);
        }
    }

    private ObjectNode summary(AudioSession session) {
        return json.createObjectNode()
                .put("meeting_id", session.track().meetingId())
                .put("session_uid", session.sessionUid())
                .put("seconds", session.samples() / 16_000.0);
    }

    // --- answers ---

    private Optional<String> refusal(HttpServerRequest request) {
        return door.refusal(
                request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION),
                request.requestHeaders().get(HttpHeaderNames.ORIGIN),
                request.remoteAddress());
    }

    private Publisher<Void> error(HttpServerResponse response, HttpResponseStatus status, String sentence) {
        return answer(response, status, json.createObjectNode().put("error", sentence));
    }

    private static Publisher<Void> answer(HttpServerResponse response, HttpResponseStatus status, ObjectNode body) {
        return response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .sendString(Mono.just(body.toString()));
    }

    private static DecodingOptions options(Map<String, List<String>> query) {
        return new DecodingOptions(first(query, "language"), first(query, "task"));
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0).isBlank() ? null : values.get(0);
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Mono<Void> blocking(Action action) {
        return blocking(() -> {
            action.run();
            return null;
        });
    }

    /** Closes the port and all connections, and waits until their sessions have ended in Kafka. */
    @Override
    public void close() {
        server.disposeNow(CLOSE_PATIENCE);
        Flux.interval(Duration.ofMillis(50))
                .takeUntil(tick -> openSessions.isEmpty() || tick * 50 > END_PATIENCE.toMillis())
                .blockLast();
        log.info("audio_ingest_stopped open_sessions={}", openSessions.size());
    }
}
