package dev.earshot.api.web;

import dev.earshot.api.domain.Caller;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.postgres.Meetings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

@RestController
@Tag(name = "Live feeds")
final class FeedRoutes {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    /** Well within a token's life, so that a client that is cut off always holds one that is good. */
    private static final Duration TOKEN_RENEWAL = StreamTokens.LIFETIME.dividedBy(3);

    private final LiveFeed feed;
    private final Meetings meetings;
    private final StreamTokens tokens;
    private final TokenHolders holders;
    private final Clock clock;

    FeedRoutes(LiveFeed feed, Meetings meetings, StreamTokens tokens, TokenHolders holders, Clock clock) {
        this.feed = feed;
        this.meetings = meetings;
        this.tokens = tokens;
        this.holders = holders;
        this.clock = clock;
    }

    @GetMapping("/meetings/{meetingId}/events")
    @Operation(summary = "The live feed, as server-sent events")
    @Parameter(name = LAST_EVENT_ID, in = ParameterIn.HEADER, description = "newest id that is known; as after")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE))
    @ApiResponse(responseCode = "204", description = "Nothing more will come", content = @Content)
    Mono<Void> events(
            ServerWebExchange exchange,
            @PathVariable String meetingId,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String token) {
        long id = Inputs.id("meeting_id", meetingId);
        long cursor = cursor(after, exchange);
        Caller caller = exchange.getAttribute(Gate.CALLER);
        if (caller != null) {
            return MeetingRoutes.own(meetings, caller, id).flatMap(meeting -> open(exchange, id, cursor, null));
        }
        return holders.require(token, id).then(Mono.defer(() -> open(exchange, id, cursor, token)));
    }

    @GetMapping("/transcripts/{platform}/{nativeMeetingId}/stream")
    @Operation(summary = "The live feed of the newest meeting under an id, as server-sent events")
    @Parameter(name = LAST_EVENT_ID, in = ParameterIn.HEADER, description = "newest id that is known; as after")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE))
    @ApiResponse(responseCode = "204", description = "Nothing more will come", content = @Content)
    @SuppressWarnings("checkstyle:ParameterNumber") // One for each of the address's and the query's.
    Mono<Void> stream(
            ServerWebExchange exchange,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String token) {
        String known = Inputs.platform(platform);
        long cursor = cursor(after, exchange);
        Caller caller = exchange.getAttribute(Gate.CALLER);
        if (caller != null) {
            return MeetingRoutes.newest(
                            meetings, caller, known, nativeMeetingId, Inputs.cursor("meeting_id", meetingId))
                    .flatMap(meeting -> open(exchange, meeting.id(), cursor, null));
        }
        return holders.meeting(token, known, nativeMeetingId)
                .flatMap(meeting -> open(exchange, meeting.id(), cursor, token));
    }

    private Mono<Void> open(ServerWebExchange exchange, long meetingId, long cursor, @Nullable String token) {
        ServerHttpResponse response = exchange.getResponse();
        return feed.watch(meetingId, cursor, EventWriter.threadOf(response))
                .flatMap(events -> {
                    HttpHeaders headers = response.getHeaders();
                    headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8");
                    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                    // Proxies of the nginx kind would hold events back.
                    headers.set("X-Accel-Buffering", "no");
                    Mono<Void> body = exchange.getRequest().getMethod() == HttpMethod.HEAD
                            ? response.setComplete()
                            : EventWriter.write(response, token == null ? events : withTokens(events, token));
                    return body.thenReturn(true);
                })
                .switchIfEmpty(Mono.fromSupplier(() -> response.setStatusCode(HttpStatus.NO_CONTENT)))
                .then();
    }

    /** Who came with a token is given a fresh one now and then: the old one would not let it come back. */
    private Flux<byte[]> withTokens(Flux<byte[]> events, String token) {
        Flux<byte[]> fresh = Flux.interval(Duration.ZERO, TOKEN_RENEWAL)
                .onBackpressureDrop()
                .mapNotNull(tick -> tokens.renew(token, Instant.now(clock)).orElse(null))
                .map(renewed -> ("event: stream.token\ndata: {\"token\":\"" + renewed + "\"}\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        return events.materialize().mergeWith(fresh.map(Signal::next)).dematerialize();
    }

    /** A browser that comes back says in the header where it was; the address still says where it began. */
    private static long cursor(@Nullable String after, ServerWebExchange exchange) {
        String lastEventId = exchange.getRequest().getHeaders().getFirst(LAST_EVENT_ID);
        if (lastEventId != null && lastEventId.matches("\\d{1,18}")) {
            return Long.parseLong(lastEventId);
        }
        Long given = Inputs.cursor("after", after);
        return given == null ? 0 : given;
    }
}
