package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.postgres.Accounts;
import dev.earshot.api.postgres.Meetings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The WebSocket of the contract: one connection, any number of meetings. The key comes in a header, or, because browsers can
 * set none and existing clients do so, as {@code ?api_key=}.
 */
final class LiveSocket implements WebSocketHandler {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final int NOT_AUTHENTICATED = 4401;
    private static final int NOT_ALLOWED = 4403;

    /** Meetings that one connection may follow at once. */
    private static final int MOST_MEETINGS = 256;

    private final Accounts accounts;
    private final Meetings meetings;
    private final LiveFeed feed;

    LiveSocket(Accounts accounts, Meetings meetings, LiveFeed feed) {
        this.accounts = accounts;
        this.meetings = meetings;
        this.feed = feed;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        String key = key(session);
        if (key == null || key.isBlank()) {
            return reject(session, "missing_api_key", NOT_AUTHENTICATED);
        }
        return accounts.caller(ApiKey.hash(key))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(caller -> {
                    if (caller.isEmpty()) {
                        return reject(session, "invalid_api_key", NOT_AUTHENTICATED);
                    }
                    return caller.get().mayUse("/transcripts")
                            ? converse(session, caller.get())
                            : reject(session, "insufficient_scope", NOT_ALLOWED);
                });
    }

    private Mono<Void> converse(WebSocketSession session, Caller caller) {
        var conversation = new SocketConversation(caller, meetings, feed);
        Mono<Void> heard = session.receive()
                .map(WebSocketMessage::getPayloadAsText)
                .concatMap(conversation::hear)
                .then()
                .doFinally(signal -> conversation.end());
        // Each answer and each feed is a flow of its own, so that a slow client slows down its own feeds only.
        Flux<String> said = conversation.said().flatMap(flow -> flow, MOST_MEETINGS);
        return session.send(said.map(session::textMessage)).and(heard);
    }

    private static Mono<Void> reject(WebSocketSession session, String error, int code) {
        return session.send(Mono.fromSupplier(() -> session.textMessage(error(error, null))))
                .then(session.close(new CloseStatus(code, error)));
    }

    static String error(String error, @Nullable Object details) {
        var frame = new LinkedHashMap<String, Object>(Map.of("type", "error"));
        frame.put("error", error);
        if (details != null) {
            frame.put("details", details);
        }
        return MAPPER.writeValueAsString(frame);
    }

    private static @Nullable String key(WebSocketSession session) {
        String header = session.getHandshakeInfo().getHeaders().getFirst("X-API-Key");
        return header != null
                ? header
                : UriComponentsBuilder.fromUri(session.getHandshakeInfo().getUri())
                        .build()
                        .getQueryParams()
                        .getFirst("api_key");
    }
}
