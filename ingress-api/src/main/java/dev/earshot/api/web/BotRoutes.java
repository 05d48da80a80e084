package dev.earshot.api.web;

import dev.earshot.api.domain.BotRequestReader;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.Reconfiguration;
import dev.earshot.api.meeting.Bots;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.postgres.PostgresTranscripts;
import dev.earshot.api.web.TranscriptViews.ParticipantsView;
import dev.earshot.api.web.Views.BotStatusView;
import dev.earshot.api.web.Views.BotStatusesView;
import dev.earshot.api.web.Views.MeetingEventsView;
import dev.earshot.api.web.Views.MeetingView;
import dev.earshot.api.web.Views.MessageView;
import dev.earshot.api.web.Views.SlimMeetingView;
import dev.earshot.api.web.Views.SlimMeetingsView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Bots")
final class BotRoutes {

    private static final String INCLUDE = "include";

    private final Bots bots;
    private final Meetings meetings;
    private final PostgresTranscripts transcripts;
    private final boolean demoPlatform;

    BotRoutes(Bots bots, Meetings meetings, PostgresTranscripts transcripts, boolean demoPlatform) {
        this.bots = bots;
        this.meetings = meetings;
        this.transcripts = transcripts;
        this.demoPlatform = demoPlatform;
    }

    @PostMapping("/bots")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Send a bot to a meeting")
    @RequestBody(content = @Content(schema = @Schema(implementation = BotBody.class)))
    Mono<MeetingView> send(@RequestAttribute(Gate.CALLER) Caller caller, ServerWebExchange exchange) {
        return Inputs.body(exchange)
                .map(body -> BotRequestReader.read(body, demoPlatform))
                .flatMap(bot -> bots.send(caller, bot))
                .map(MeetingView::of);
    }

    @DeleteMapping("/bots/{platform}/{nativeMeetingId}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Call the bot back")
    Mono<MessageView> stop(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId) {
        return bots.stop(caller, Inputs.platform(platform), nativeMeetingId).map(MessageView::new);
    }

    @PutMapping("/bots/{platform}/{nativeMeetingId}/config")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Tell a bot that is in its meeting another language or task",
            description = "What the body does not name stays as it is; null leaves it to the ASR workers' setting.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ConfigBody.class)))
    Mono<MessageView> reconfigure(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            ServerWebExchange exchange) {
        String known = Inputs.platform(platform);
        return Inputs.body(exchange)
                .map(Reconfiguration::read)
                .flatMap(change -> MeetingRoutes.newest(meetings, caller, known, nativeMeetingId, null)
                        .flatMap(meeting -> bots.reconfigure(meeting, change)))
                .thenReturn(new MessageView("Reconfiguration request accepted and sent to the bot."));
    }

    @GetMapping("/bots/{platform}/{nativeMeetingId}/participants")
    @Operation(summary = "Who has spoken, most first")
    Mono<ParticipantsView> participants(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId) {
        return MeetingRoutes.newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, null)
                .flatMap(meeting -> transcripts
                        .participants(meeting.id())
                        .collectList()
                        .map(all -> ParticipantsView.of(meeting, all)));
    }

    @GetMapping("/bots/{platform}/{nativeMeetingId}/events")
    @Operation(summary = "What the meeting went through, newest first")
    Mono<MeetingEventsView> events(
            @RequestAttribute(Gate.CALLER) Caller caller,
            @PathVariable String platform,
            @PathVariable String nativeMeetingId,
            @RequestParam(required = false) @Nullable String limit) {
        int atMost = Inputs.integer("limit", limit, 20, 1, 200);
        return MeetingRoutes.newest(meetings, caller, Inputs.platform(platform), nativeMeetingId, null)
                .map(meeting -> MeetingEventsView.of(meeting, atMost));
    }

    @GetMapping("/bots/status")
    @Operation(summary = "The bots that are in meetings now")
    Mono<BotStatusesView> running(@RequestAttribute(Gate.CALLER) Caller caller) {
        return meetings.open(caller.userId())
                .map(BotStatusView::of)
                .collectList()
                .map(BotStatusesView::new);
    }

    @GetMapping("/bots")
    @Operation(summary = "Meetings, newest first, without their bulk")
    @Parameter(name = INCLUDE, in = ParameterIn.QUERY, description = "data: with their bulk")
    Mono<SlimMeetingsView> list(
            ServerWebExchange exchange,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String platform) {
        Caller caller = exchange.getRequiredAttribute(Gate.CALLER);
        boolean whole = "data".equals(exchange.getRequest().getQueryParams().getFirst(INCLUDE));
        int atMost = Inputs.integer("limit", limit, 50, 1, 100);
        int skipped = Inputs.integer("offset", offset, 0, 0, Integer.MAX_VALUE);
        // One more than asked for tells whether there is more.
        return meetings.list(caller.userId(), new Meetings.Filter(status, platform, search, skipped, atMost + 1))
                .collectList()
                .map(found -> {
                    List<SlimMeetingView> shown = found.stream()
                            .limit(atMost)
                            .map(meeting -> SlimMeetingView.of(meeting, whole))
                            .toList();
                    return new SlimMeetingsView(shown, found.size() > atMost);
                });
    }

    @GetMapping("/bots/id/{meetingId}")
    @Operation(summary = "One meeting")
    Mono<MeetingView> one(@RequestAttribute(Gate.CALLER) Caller caller, @PathVariable String meetingId) {
        return MeetingRoutes.own(meetings, caller, Inputs.id("meeting_id", meetingId))
                .map(MeetingView::of);
    }

    /** The body of {@code POST /bots}, for the description of the API. */
    record BotBody(
            @Schema(allowableValues = {"google_meet", "zoom", "teams", "jitsi"}) @Nullable String platform,
            @Nullable String nativeMeetingId,
            @Nullable String meetingUrl,
            @Nullable String passcode,
            @Nullable String botName,
            @Nullable String language,
            @Schema(allowableValues = {"transcribe", "translate"}) @Nullable String task,
            @Nullable Boolean transcribeEnabled,
            @Nullable Boolean recordingEnabled,
            @Nullable LeaveBody automaticLeave) {}

    /** The body of {@code PUT /bots/…/config}, for the description of the API. */
    record ConfigBody(
            @Nullable String language, @Schema(allowableValues = {"transcribe", "translate"}) @Nullable String task) {}

    /** Milliseconds; absent for the fleet's default. */
    record LeaveBody(
            @Nullable Integer maxBotTime,
            @Nullable Integer maxWaitForAdmission,
            @Nullable Integer maxTimeLeftAlone,
            @Nullable Integer noOneJoinedTimeout) {}
}
