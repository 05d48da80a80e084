package dev.earshot.api.web;

import dev.earshot.api.domain.ApiKey;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.export.SharedText;
import dev.earshot.api.export.SharedText.Spoken;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.postgres.PostgresTranscripts;
import dev.earshot.api.postgres.ShareLinks;
import dev.earshot.api.web.TranscriptViews.ShareView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.ForwardedHeaderUtils;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Links that show one transcript to whoever has them, for a while. Nobody's API key is in them or behind them. */
@RestController
@Tag(name = "Transcripts")
final class ShareRoutes {

    private static final int SHORTEST_S = 60;
    private static final int DEFAULT_S = 900;
    private static final int LONGEST_S = 86_400;
    private static final int ID_BYTES = 24;

    private final Meetings meetings;
    private final PostgresTranscripts transcripts;
    private final ShareLinks links;
    private final Clock clock;
    private final SecureRandom chance = new SecureRandom();

    ShareRoutes(Meetings meetings, PostgresTranscripts transcripts, ShareLinks links, Clock clock) {
        this.meetings = meetings;
        this.transcripts = transcripts;
        this.links = links;
        this.clock = clock;
    }

    @PostMapping("/transcripts/{platform}/{nativeMeetingId}/share")
    @Operation(summary = "A link that shows the transcript to anybody, for a while")
    Mono<ShareView> share(
            ServerWebExchange exchange,
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId,
            @RequestParam(name = "ttl_seconds", required = false) @Nullable String ttlSeconds) {
        Long wanted = Inputs.cursor("meeting_id", meetingId);
        int asked = Inputs.integer("ttl_seconds", ttlSeconds, DEFAULT_S, Integer.MIN_VALUE, Integer.MAX_VALUE);
        int seconds = Math.max(SHORTEST_S, Math.min(LONGEST_S, asked));
        Instant now = Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
        Instant expiry = now.plusSeconds(seconds);
        byte[] random = new byte[ID_BYTES];
        chance.nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String url = seenFromOutside(exchange.getRequest())
                .replacePath("/public/transcripts/" + id + ".txt")
                .replaceQuery(null)
                .build()
                .toUriString();
        return MeetingRoutes.newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, wanted)
                .flatMap(meeting -> links.add(ApiKey.hash(id), meeting.id(), expiry))
                .thenReturn(new ShareView(id, url, expiry, seconds));
    }

    /**
     * Our address as the caller wrote it, also where a proxy stands between. Who makes such headers up gets a link of no use, and
     * nobody else does: nothing but this link depends on them.
     */
    private static UriComponentsBuilder seenFromOutside(ServerHttpRequest request) {
        var here = UriComponentsBuilder.fromUri(request.getURI());
        HttpHeaders headers = request.getHeaders();
        if (Stream.of("Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto").noneMatch(headers::containsHeader)) {
            return here;
        }
        URI outside = ForwardedHeaderUtils.adaptFromForwardedHeaders(request.getURI(), headers)
                .build()
                .toUri();
        return outside.getHost() == null ? here : UriComponentsBuilder.fromUri(outside);
    }

    @GetMapping("/public/transcripts/{shareId}.txt")
    @Operation(summary = "The transcript that a link shows")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @SecurityRequirements
    Mono<ResponseEntity<String>> read(@PathVariable String shareId) {
        return links.meeting(ApiKey.hash(shareId), Instant.now(clock))
                .flatMap(meetings::byId)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("Share link expired or not found")))
                .flatMap(meeting -> TranscriptRoutes.segments(transcripts, meeting.id())
                        .map(entries -> ResponseEntity.ok()
                                .header("Content-Type", "text/plain;charset=UTF-8")
                                .header("X-Robots-Tag", "noindex")
                                .cacheControl(CacheControl.noStore())
                                .body(text(meeting, entries))));
    }

    private static String text(Meeting meeting, List<TranscriptEntry> entries) {
        String name = meeting.data().get("name") instanceof String given ? given : null;
        return new SharedText(
                        name,
                        meeting.platform(),
                        meeting.nativeMeetingId(),
                        meeting.startTime(),
                        meeting.endTime(),
                        entries.stream()
                                .map(entry -> new Spoken(entry.at(entry.startMs()), entry.speaker(), entry.text()))
                                .toList())
                .write();
    }
}
