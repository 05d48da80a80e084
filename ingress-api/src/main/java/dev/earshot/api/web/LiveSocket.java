package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.feed.FeedCutException;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.Meetings;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * The WebSocket of the contract: one connection, any number of meetings. The key comes in a header, or, because browsers can
 * set none and existing clients do so, as {@code ?api_key=}; better in a browser is {@code ?token=}, a stream token, which
 * opens its one meeting. Frames are those of generation T, or of generation E with {@code ?v=0.6}.
 */
final class LiveSocket implements WebSocketHandler {

    static final String NOBODY_ANSWERS = "a server behind us does not answer";
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Logger log = LoggerFactory.getLogger(LiveSocket.class);

    // Codes of the contract, and more after its rule: 4000 and what HTTP would say.
    private static final int NOT_AUTHENTICATED = 4401;
    private static final int NOT_ALLOWED = 4403;
    private static final int TOO_SLOW = 4408;
    private static final int NOT_NOW = 4503;
    private static final String EARLY_GENERATION = "0.6";

    /** Keeps proxies sure of a connection on which nothing is said, and finds out about clients that are gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Meetings that one connection may follow at once. */
    private static final int MOST_MEETINGS = 256;

    private final Accounts accounts;
    private final Meetings meetings;
    private final LiveFeed feed;
    private final StreamTokens tokens;
    private final Clock clock;

    LiveSocket(Accounts accounts, Meetings meetings, LiveFeed feed, StreamTokens tokens, Clock clock) {
        this.accounts = accounts;
        this.meetings = meetings;
        this.feed = feed;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        MultiValueMap<String, String> query = UriComponentsBuilder.fromUri(
                        session.getHandshakeInfo().getUri())
                .build()
                .getQueryParams();
        boolean early = EARLY_GENERATION.equals(query.getFirst("v"));
        String header = session.getHandshakeInfo().getHeaders().getFirst("X-API-Key");
        String key = header != null ? header : query.getFirst("api_key");
        String token = query.getFirst("token");
        if (key != null && !key.isBlank()) {
            return withKey(session, key, early);
        }
        return token == null ? reject(session, "missing_api_key", NOT_AUTHENTICATED) : withToken(session, token, early);
    }

    private Mono<Void> withKey(WebSocketSession session, String key, boolean early) {
        return accounts.caller(ApiKey.hash(key))
                .map(caller -> caller.mayUse("/transcripts")
                        ? converse(session, ofCaller(caller), early)
                        : reject(session, "insufficient_scope", NOT_ALLOWED))
                .defaultIfEmpty(reject(session, "invalid_api_key", NOT_AUTHENTICATED))
                .onErrorResume(error -> {
                    log.warn("socket_refused reason=\"{}\"", error.toString());
                    return Mono.just(reject(session, "auth_unavailable", NOT_NOW));
                })
                .flatMap(answer -> answer);
    }

    private SocketConversation.Access ofCaller(Caller caller) {
        return (platform, nativeId) ->
                meetings.byNativeId(caller.userId(), platform, nativeId).next();
    }

    private Mono<Void> withToken(WebSocketSession session, String token, boolean early) {
        long meetingId = StreamTokens.meetingOf(token);
        if (!tokens.opens(token, meetingId, Instant.now(clock))) {
            return reject(session, "invalid_stream_token", NOT_AUTHENTICATED);
        }
        return converse(
                session,
                (platform, nativeId) -> meetings.byId(meetingId)
                        .filter(meeting ->
                                meeting.platform().equals(platform) && nativeId.equals(meeting.nativeMeetingId())),
                early);
    }

    private Mono<Void> converse(WebSocketSession session, SocketConversation.Access access, boolean early) {
        var conversation = new SocketConversation(access, feed, early);
        Sinks.Empty<Void> over = Sinks.empty();
        Mono<Void> heard = session.receive()
                // The connection is gone, and nobody is there to be told.
                .onErrorResume(gone -> Flux.empty())
                .filter(message -> message.getType() == WebSocketMessage.Type.TEXT)
                .map(WebSocketMessage::getPayloadAsText)
                .concatMap(conversation::hear)
                .then()
                .onErrorResume(error -> session.close(goodbye(error).status()))
                .doFinally(signal -> {
                    conversation.end();
                    over.tryEmitEmpty();
                });
        // Each answer and each feed is a flow of its own, so that a slow client slows down its own feeds only.
        var end = new AtomicReference<CloseStatus>();
        Flux<WebSocketMessage> said = conversation
                .said()
                .flatMap(flow -> flow, MOST_MEETINGS, 1)
                .onErrorResume(error -> {
                    Goodbye goodbye = goodbye(error);
                    end.set(goodbye.status());
                    return Flux.just(error(goodbye.error(), goodbye.sentence()));
                })
                .map(frame -> text(session, frame))
                .doFinally(signal -> over.tryEmitEmpty());
        Flux<WebSocketMessage> heartbeat = Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> session.pingMessage(buffers -> buffers.wrap(new byte[0])))
                .takeUntilOther(over.asMono());
        Mono<Void> close = Mono.fromSupplier(end::get).flatMap(session::close);
        return session.send(Flux.merge(said, heartbeat)).then(close).and(heard);
    }

    /** What a client is told when a conversation ends that it has not ended itself. */
    private record Goodbye(String error, int code, String sentence) {

        CloseStatus status() {
            return new CloseStatus(code, error);
        }
    }

    private static Goodbye goodbye(Throwable error) {
        if (error instanceof FeedCutException cut) {
            String sentence = String.valueOf(cut.getMessage());
            return cut.reason() == FeedCutException.Reason.TOO_SLOW
                    ? new Goodbye("too_slow", TOO_SLOW, sentence)
                    : new Goodbye("going_away", CloseStatus.GOING_AWAY.getCode(), sentence);
        }
        if (ErrorAnswers.isSomebodyAway(error)) {
            log.warn("socket_ended reason=\"{}\"", error.toString());
            return new Goodbye("feed_unavailable", NOT_NOW, NOBODY_ANSWERS);
        }
        log.error("socket_failed", error);
        return new Goodbye("internal_error", CloseStatus.SERVER_ERROR.getCode(), "we made a mistake");
    }

    /** The bytes are the frame's own: all viewers share them. */
    private static WebSocketMessage text(WebSocketSession session, ByteBuffer frame) {
        return new WebSocketMessage(
                WebSocketMessage.Type.TEXT, session.bufferFactory().wrap(frame));
    }

    private static Mono<Void> reject(WebSocketSession session, String error, int code) {
        return session.send(Mono.fromSupplier(() -> text(session, error(error, null))))
                // Not before: the frame's buffer is made when it is asked for, and would leak where nobody is rejected.
                .then(Mono.defer(() -> session.close(new CloseStatus(code, error))));
    }

    static ByteBuffer error(String error, @Nullable Object details) {
        var frame = new LinkedHashMap<String, Object>(Map.of("type", "error"));
        frame.put("error", error);
        if (details != null) {
            frame.put("details", details);
        }
        return ByteBuffer.wrap(MAPPER.writeValueAsBytes(frame));
    }
}
