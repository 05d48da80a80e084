package dev.earshot.api.web;

import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.feed.TranscriptStore;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.web.Views.CallerView;
import dev.earshot.api.web.Views.GapView;
import dev.earshot.api.web.Views.MeetingView;
import dev.earshot.api.web.Views.MeetingsView;
import dev.earshot.api.web.Views.SegmentView;
import dev.earshot.api.web.Views.StreamTokenView;
import dev.earshot.api.web.Views.TranscriptView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Meetings")
final class MeetingRoutes {

    private static final Comparator<SegmentView> BY_TIME = Comparator.comparing(
                    SegmentView::absoluteStartTime, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(SegmentView::start)
            .thenComparing(SegmentView::segmentId);

    private final Meetings meetings;
    private final TranscriptStore transcripts;
    private final LiveFeed feed;
    private final StreamTokens tokens;
    private final Clock clock;

    MeetingRoutes(Meetings meetings, TranscriptStore transcripts, LiveFeed feed, StreamTokens tokens, Clock clock) {
        this.meetings = meetings;
        this.transcripts = transcripts;
        this.feed = feed;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping("/meetings")
    @Operation(summary = "Meetings, newest first")
    Mono<MeetingsView> list(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String platform) {
        int atMost = limit == null ? Integer.MAX_VALUE : Inputs.integer("limit", limit, 100, 1, 100);
        int skipped = Inputs.integer("offset", offset, 0, 0, Integer.MAX_VALUE);
        return meetings.list(caller.userId(), new Meetings.Filter(status, platform, null, skipped, atMost))
                .map(MeetingView::of)
                .collectList()
                .map(MeetingsView::new);
    }

    @GetMapping("/meetings/{meetingId}")
    @Operation(summary = "One meeting")
    Mono<MeetingView> one(@RequestAttribute(Gate.CALLER) Caller caller, @PathVariable String meetingId) {
        return own(meetings, caller, Inputs.id("meeting_id", meetingId)).map(MeetingView::of);
    }

    @PostMapping("/meetings/{meetingId}/stream-token")
    @Operation(summary = "A token that opens this meeting's live feed, for browsers")
    Mono<StreamTokenView> token(@RequestAttribute(Gate.CALLER) Caller caller, @PathVariable String meetingId) {
        return own(meetings, caller, Inputs.id("meeting_id", meetingId)).map(meeting -> {
            Instant now = Instant.now(clock);
            String token = tokens.issue(meeting.id(), now);
            return new StreamTokenView(
                    token,
                    now.plus(StreamTokens.LIFETIME),
                    StreamTokens.LIFETIME.toSeconds(),
                    "/#/meetings/" + meeting.id() + "?token=" + token);
        });
    }

    @GetMapping("/transcripts/{platform}/{nativeMeetingId}")
    @Operation(summary = "What was said, and what is being said")
    Mono<TranscriptView> transcript(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam(name = "meeting_id", required = false) @Nullable String meetingId,
            @RequestParam(required = false) @Nullable String after) {
        Long wanted = Inputs.cursor("meeting_id", meetingId);
        Long cursor = Inputs.cursor("after", after);
        return newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, wanted)
                .flatMap(meeting -> transcript(meeting, cursor == null ? 0 : cursor));
    }

    private Mono<TranscriptView> transcript(Meeting meeting, long after) {
        // Pending text is read first: what is confirmed meanwhile is then in both, and shown once.
        return feed.pending(meeting.id()).flatMap(pending -> transcripts
                .after(meeting.id(), after, Integer.MAX_VALUE)
                .collectList()
                .map(entries -> transcript(meeting, entries, pending, after)));
    }

    private static TranscriptView transcript(
            Meeting meeting, List<TranscriptEntry> entries, List<LiveTrack> pending, long after) {
        var confirmed = entries.stream().map(TranscriptEntry::segmentId).collect(Collectors.toSet());
        var segments = new ArrayList<SegmentView>();
        entries.stream()
                .filter(entry -> entry.kind() == Kind.SEGMENT)
                .map(SegmentView::of)
                .forEach(segments::add);
        for (LiveTrack track : pending) {
            track.pending().stream()
                    .filter(text -> !confirmed.contains(text.segmentId()))
                    .map(text -> SegmentView.of(track, text))
                    .forEach(segments::add);
        }
        segments.sort(BY_TIME);
        List<GapView> gaps = entries.stream()
                .filter(entry -> entry.kind() == Kind.GAP)
                .map(GapView::of)
                .toList();
        MeetingView view = MeetingView.of(meeting);
        return new TranscriptView(
                view.id(),
                view.platform(),
                view.nativeMeetingId(),
                view.constructedMeetingUrl(),
                view.status(),
                view.startTime(),
                view.endTime(),
                segments,
                List.of(),
                view.data().get("notes"),
                view.data(),
                gaps,
                entries.isEmpty() ? after : entries.get(entries.size() - 1).seq());
    }

    @GetMapping("/auth/me")
    @Operation(summary = "Whose key this is")
    Mono<CallerView> me(@RequestAttribute(Gate.CALLER) Caller caller) {
        return Mono.just(new CallerView(
                caller.userId(), caller.email(), new TreeSet<>(caller.scopes()), caller.maxConcurrent()));
    }

    /** A meeting of the caller's; anybody else's is as good as none. */
    static Mono<Meeting> own(Meetings meetings, Caller caller, long meetingId) {
        return meetings.byId(meetingId)
                .filter(meeting -> meeting.userId() == caller.userId())
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("Meeting not found")));
    }

    /** The caller's newest meeting under a platform's id, or the one that is wanted. */
    static Mono<Meeting> newest(
            Meetings meetings, Caller caller, String platform, String nativeMeetingId, @Nullable Long wanted) {
        return meetings.byNativeId(caller.userId(), platform, nativeMeetingId)
                .filter(meeting -> wanted == null || meeting.id() == wanted)
                .next()
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound(
                        wanted == null
                                ? "Meeting not found for platform " + platform + " and ID " + nativeMeetingId
                                : "Meeting not found for platform " + platform + ", ID " + nativeMeetingId
                                        + ", and meeting_id " + wanted)));
    }
}
