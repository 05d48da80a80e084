package dev.earshot.api.web;

import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingNotes;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.feed.LiveFeed;
import dev.earshot.api.postgres.MeetingRemoval;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.redis.RedisLiveTracks;
import dev.earshot.api.web.Views.CallerView;
import dev.earshot.api.web.Views.MeetingView;
import dev.earshot.api.web.Views.MeetingsView;
import dev.earshot.api.web.Views.MessageView;
import dev.earshot.api.web.Views.StreamTokenView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Meetings")
final class MeetingRoutes {

    private final Meetings meetings;
    private final MeetingRemoval removal;
    private final RedisLiveTracks live;
    private final LiveFeed feed;
    private final StreamTokens tokens;
    private final Clock clock;

    MeetingRoutes(
            Meetings meetings,
            MeetingRemoval removal,
            RedisLiveTracks live,
            LiveFeed feed,
            StreamTokens tokens,
            Clock clock) {
        this.meetings = meetings;
        this.removal = removal;
        this.live = live;
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

    @PatchMapping("/meetings/{platform}/{nativeMeetingId}")
    @Operation(summary = "Write name, participants, languages, notes on a meeting")
    @RequestBody(content = @Content(schema = @Schema(implementation = NotesBody.class)))
    Mono<MeetingView> annotate(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            ServerWebExchange exchange) {
        String known = Inputs.platform(platform);
        return Inputs.body(exchange)
                .map(MeetingNotes::read)
                .flatMap(change -> newest(meetings, caller, known, nativeMeetingId, null)
                        .flatMap(meeting -> meetings.annotate(meeting.id(), change)))
                .map(MeetingView::of);
    }

    @DeleteMapping("/meetings/{platform}/{nativeMeetingId}")
    @Operation(summary = "Delete what was said in a meeting that is over, and which meeting it was")
    Mono<MessageView> delete(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId) {
        return newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, null)
                .flatMap(meeting -> removal.remove(meeting.id())
                        .then(live.forget(meeting.id()))
                        .then(Mono.fromRunnable(() -> feed.forget(meeting.id()))))
                .thenReturn(new MessageView("Meeting transcripts deleted and data anonymized"));
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

    /** The body of {@code PATCH /meetings/…}, for the description of the API. */
    record NotesBody(Notes data) {}

    record Notes(
            @Nullable String name,
            @Nullable List<String> participants,
            @Nullable List<String> languages,
            @Nullable String notes) {}
}
