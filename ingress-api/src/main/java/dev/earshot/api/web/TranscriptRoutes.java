package dev.earshot.api.web;

import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.InvalidRequestException;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.Violation;
import dev.earshot.api.export.Line;
import dev.earshot.api.export.TranscriptFormat;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.postgres.PostgresTranscripts;
import dev.earshot.api.web.TranscriptViews.SearchHitView;
import dev.earshot.api.web.TranscriptViews.SearchView;
import dev.earshot.api.web.TranscriptViews.TranscriptView;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Transcripts")
final class TranscriptRoutes {

    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_QUERY = 200;

    private final Meetings meetings;
    private final PostgresTranscripts transcripts;
    private final LiveFeed feed;
    private final TokenHolders tokens;

    TranscriptRoutes(Meetings meetings, PostgresTranscripts transcripts, LiveFeed feed, TokenHolders tokens) {
        this.meetings = meetings;
        this.transcripts = transcripts;
        this.feed = feed;
        this.tokens = tokens;
    }

    @GetMapping("/transcripts/{platform}/{nativeMeetingId}")
    @Operation(summary = "What was said, and what is being said")
    Mono<TranscriptView> transcript(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId,
            @Parameter(description = "cursor of the last entry that is known; only what follows it is told")
                    @RequestParam(required = false)
                    @Nullable
                    String after,
            @Parameter(description = "at most so many entries; all without it")
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        Long wanted = Inputs.cursor("meeting_id", meetingId);
        Long cursor = Inputs.cursor("after", after);
        int atMost = Inputs.integer("limit", limit, Integer.MAX_VALUE - 1, 1, MOST_ENTRIES);
        return MeetingRoutes.newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, wanted)
                .flatMap(meeting -> page(meeting, cursor == null ? 0 : cursor, atMost));
    }

    private Mono<TranscriptView> page(Meeting meeting, long after, int atMost) {
        // Pending text is read first: what is confirmed meanwhile is then in both, and shown once.
        return feed.pending(meeting.id()).flatMap(pending -> transcripts
                .after(meeting.id(), after, atMost + 1)
                .collectList()
                .map(found -> {
                    boolean hasMore = found.size() > atMost;
                    List<TranscriptEntry> entries = hasMore ? found.subList(0, atMost) : found;
                    // Pending text belongs behind the last page.
                    return TranscriptView.of(meeting, entries, hasMore ? List.of() : pending, after, hasMore);
                }));
    }

    @GetMapping("/transcripts/{platform}/{nativeMeetingId}/export")
    @Operation(summary = "What was said, as a file")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
                @Content(mediaType = "text/vtt", schema = @Schema(type = "string")),
                @Content(mediaType = "application/x-subrip", schema = @Schema(type = "string")),
                @Content(mediaType = "application/json", schema = @Schema(implementation = ExportedView.class))
            })
    Mono<ResponseEntity<String>> export(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"txt", "vtt", "srt", "json"},
                                            defaultValue = "txt"))
                    @RequestParam(required = false)
                    @Nullable
                    String format) {
        Long wanted = Inputs.cursor("meeting_id", meetingId);
        TranscriptFormat wished = format(format);
        return MeetingRoutes.newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, wanted)
                .flatMap(meeting -> file(meeting, wished));
    }

    /** For the page of a reader who was given a link: its token shows the same transcript. */
    @Hidden
    @GetMapping(path = "/transcripts/{platform}/{nativeMeetingId}/export", params = "token")
    Mono<ResponseEntity<String>> exportByToken(
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam String token,
            @RequestParam(required = false) @Nullable String format) {
        TranscriptFormat wished = format(format);
        return tokens.meeting(token, platform, nativeMeetingId).flatMap(meeting -> file(meeting, wished));
    }

    private Mono<ResponseEntity<String>> file(Meeting meeting, TranscriptFormat format) {
        return segments(transcripts, meeting.id()).map(entries -> ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(meeting, format))
                .cacheControl(CacheControl.noStore())
                .body(format.write(lines(entries))));
    }

    @GetMapping("/transcripts")
    @Operation(summary = "Where my meetings say something, newest first")
    Mono<SearchView> search(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset) {
        if (q == null || q.isBlank()) {
            throw new InvalidRequestException(Violation.missing("query", "q"));
        }
        if (q.length() > LONGEST_QUERY) {
            throw new InvalidRequestException(
                    Violation.value("q must have at most " + LONGEST_QUERY + " characters", null, "query", "q"));
        }
        Long meeting = Inputs.cursor("meeting_id", meetingId);
        int atMost = Inputs.integer("limit", limit, 50, 1, 200);
        int skipped = Inputs.integer("offset", offset, 0, 0, Integer.MAX_VALUE);
        return transcripts
                .search(caller.userId(), q.strip(), meeting, skipped, atMost + 1)
                .map(SearchHitView::of)
                .collectList()
                .map(hits -> new SearchView(hits.stream().limit(atMost).toList(), hits.size() > atMost));
    }

    /** All that was said for good, in order. */
    static Mono<List<TranscriptEntry>> segments(PostgresTranscripts transcripts, long meetingId) {
        return transcripts
                .after(meetingId, 0, Integer.MAX_VALUE)
                .filter(entry -> entry.kind() == TranscriptEntry.Kind.SEGMENT)
                .sort(TranscriptEntry.BY_TIME)
                .collectList();
    }

    /** On one time for the whole meeting, which begins with the first session: each session's own begins at 0. */
    private static List<Line> lines(List<TranscriptEntry> entries) {
        Instant start = entries.stream()
                .map(TranscriptEntry::sessionStartedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return entries.stream()
                .map(entry -> {
                    Instant session = entry.sessionStartedAt();
                    long shift = session == null
                            ? 0
                            : Duration.between(start, session).toMillis();
                    return new Line(
                            entry.segmentId(),
                            entry.speaker(),
                            entry.text(),
                            shift + entry.startMs(),
                            shift + entry.endMs());
                })
                .toList();
    }

    private static TranscriptFormat format(@Nullable String wanted) {
        String name = wanted == null ? "txt" : wanted;
        return Arrays.stream(TranscriptFormat.values())
                .filter(format -> format.wire().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(Violation.oneOf(
                        Arrays.stream(TranscriptFormat.values())
                                .map(TranscriptFormat::wire)
                                .toList(),
                        name,
                        "query",
                        "format")));
    }

    private static String attachment(Meeting meeting, TranscriptFormat format) {
        String name = "transcript-" + meeting.platform() + "-" + meeting.id() + "." + format.wire();
        return ContentDisposition.attachment().filename(name).build().toString();
    }

    /** What {@code format=json} holds, for the description of the API. */
    record ExportedView(List<ExportedSegmentView> segments) {}

    record ExportedSegmentView(String segmentId, @Nullable String speaker, double start, double end, String text) {}
}
