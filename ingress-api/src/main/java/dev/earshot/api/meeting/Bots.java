package dev.earshot.api.meeting;

import dev.earshot.api.domain.BotRequest;
import dev.earshot.api.domain.Caller;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.Reconfiguration;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.wire.MeetingLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends bots to meetings and calls them back. Thread-safe. */
public final class Bots {

    private static final Logger log = LoggerFactory.getLogger(Bots.class);

    /** A bot that was asked for this long ago and has not said a word does not run. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(5);

    /** The broker answers within milliseconds, or it is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Meetings meetings;
    private final MeetingLog meetingLog;
    private final Destinations destinations;
    private final Clock clock;

    public Bots(Meetings meetings, MeetingLog meetingLog, Destinations destinations, Clock clock) {
        this.meetings = meetings;
        this.meetingLog = meetingLog;
        this.destinations = destinations;
        this.clock = clock;
    }

    /** Sends a bot; the meeting as it then stands. Fails with {@link RefusedException} when it may not go. */
    public Mono<Meeting> send(Caller caller, BotRequest bot) {
        String sessionUid = UUID.randomUUID().toString();
        return destinations
                .checked(bot)
                .flatMap(good -> meetings.request(caller, good, sessionUid, data(good, sessionUid)))
                .flatMap(meeting -> announce(meeting, sessionUid, bot).thenReturn(meeting));
    }

    private Mono<Void> announce(Meeting meeting, String sessionUid, BotRequest bot) {
        Instant now = now();
        var requested = new StatusChange(MeetingStatus.REQUESTED, now, "user", null, null);
        return meetingLog
                .moved(meeting.id(), sessionUid, requested)
                .then(meetingLog.join(meeting, sessionUid, bot, now))
                .timeout(PATIENCE)
                .doOnSuccess(done -> log.info(
                        "bot_requested meeting_id={} session_uid={} platform={}",
                        meeting.id(),
                        sessionUid,
                        meeting.platform()))
                .onErrorResume(error -> giveUp(meeting, sessionUid, error));
    }

    /** What was not acknowledged may still arrive: then it is taken back by what is sent after it. */
    private Mono<Void> giveUp(Meeting meeting, String sessionUid, Throwable error) {
        log.error("bot_not_sent meeting_id={} reason=\"{}\"", meeting.id(), error.toString());
        var failed = new StatusChange(
                MeetingStatus.FAILED, now(), "user", "join_failure", "the command could not be published");
        meetingLog
                .leave(meeting.id(), sessionUid, failed.at())
                .and(meetingLog.moved(meeting.id(), sessionUid, failed))
                .subscribe(done -> {}, e -> log.debug("bot_not_called_back meeting_id={}", meeting.id(), e));
        return meetings.move(meeting.id(), failed)
                .then(Mono.error(new RefusedException(500, "Failed to start bot container")));
    }

    private static Map<String, Object> data(BotRequest bot, String sessionUid) {
        var data = new LinkedHashMap<String, Object>();
        String name = bot.botName();
        data.put("bot_name", name == null ? "Earshot-" + sessionUid.substring(0, 6) : name);
        put(data, "passcode", bot.address().passcode());
        put(data, "meeting_url", bot.address().rawUrl());
        put(data, "language", bot.language());
        put(data, "task", bot.task());
        put(data, "transcribe_enabled", bot.transcribeEnabled());
        // Whatever was asked for: nothing is recorded, and who reads this shall not wait for it.
        put(data, "recording_enabled", bot.recordingEnabled() == null ? null : false);
        return data;
    }

    /** Calls back every bot of a user from a meeting; what to tell the user. */
    public Mono<String> stop(Caller caller, String platform, String nativeId) {
        return meetings.byNativeId(caller.userId(), platform, nativeId)
                .collectList()
                .flatMap(all -> {
                    if (all.isEmpty()) {
                        return Mono.error(RefusedException.notFound("No meeting found to stop."));
                    }
                    List<Meeting> open = all.stream()
                            .filter(meeting -> !meeting.status().isTerminal())
                            .toList();
                    if (open.isEmpty()) {
                        return Mono.just(
                                "Meeting already " + all.get(0).status().wire() + ".");
                    }
                    return Flux.fromIterable(open)
                            .concatMap(meeting -> stop(meeting).timeout(PATIENCE))
                            .reduce(false, (some, running) -> some || running)
                            .map(running -> running
                                    ? "Stop request accepted and is being processed."
                                    : "Stop request accepted; meeting finalized (no running container).");
                });
    }

    /** Tells the bot in a meeting to do otherwise. Fails with {@link RefusedException} unless it is in there. */
    public Mono<Void> reconfigure(Meeting meeting, Reconfiguration change) {
        if (meeting.status() != MeetingStatus.ACTIVE) {
            return Mono.error(new RefusedException(
                    409,
                    "Meeting found but is not active (status: '"
                            + meeting.status().wire() + "'). Cannot reconfigure."));
        }
        Reconfiguration whole = change.over(meeting.data());
        var noted = new LinkedHashMap<String, Object>();
        noted.put("language", whole.language());
        noted.put("task", whole.task());
        return meetings.botSession(meeting.id())
                .flatMap(session -> meetingLog.reconfigure(meeting.id(), session, whole, now()))
                .timeout(PATIENCE)
                .then(meetings.annotate(meeting.id(), noted))
                .then();
    }

    /** Calls back the bot of one meeting; whether there was one. */
    private Mono<Boolean> stop(Meeting meeting) {
        Instant now = now();
        boolean silent = meeting.status() == MeetingStatus.REQUESTED
                && meeting.createdAt().isBefore(now.minus(FIRST_WORD));
        var change = silent
                ? new StatusChange(MeetingStatus.COMPLETED, now, "user", "stopped", null)
                : new StatusChange(MeetingStatus.STOPPING, now, "user", "stopped", null);
        return meetings.noteStopRequest(meeting.id()).then(end(meeting, change)).thenReturn(!silent);
    }

    /** Tells everybody how a meeting stands now and its bot to go. */
    Mono<Void> end(Meeting meeting, StatusChange change) {
        // In this order: what the bot says when it goes must come after what we say.
        return meetings.botSession(meeting.id()).flatMap(session -> move(meeting, session, change)
                .then(meetingLog.leave(meeting.id(), session, change.at())));
    }

    private Mono<Meeting> move(Meeting meeting, String session, StatusChange change) {
        if (!meeting.status().canMoveTo(change.to())) {
            return Mono.empty();
        }
        // Said first, then written: what is only written would be unknown to everybody else.
        return meetingLog.moved(meeting.id(), session, change).then(meetings.move(meeting.id(), change));
    }

    private Instant now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
