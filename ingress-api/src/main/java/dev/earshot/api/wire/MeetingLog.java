package dev.earshot.api.wire;

import dev.earshot.api.domain.BotRequest;
import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.Reconfiguration;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.avro.BotClaimState;
import dev.earshot.schema.avro.BotCommand;
import dev.earshot.schema.avro.BotCommandType;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.TranscriptLive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the API says to the topics and hears from them. Thread-safe. */
public final class MeetingLog {

    /** Consumer group of the status projection, shared by all nodes of the API. */
    private static final String GROUP = "ingress-api";

    /** Somebody waits for the answer, and a row is locked. */
    private static final Duration ERASING = Duration.ofSeconds(10);

    private static final Duration PROBE_EVERY = Duration.ofSeconds(10);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    private final EventLog log;

    public MeetingLog(EventLog log) {
        this.log = log;
    }

    /** Tells the fleet to send a bot; completes when the command is in the log. */
    public Mono<Void> join(Meeting meeting, String sessionUid, BotRequest bot, Instant at) {
        BotRequest.AutomaticLeave leave = bot.leave();
        return send(command(meeting.id(), sessionUid, BotCommandType.JOIN, at)
                .setPlatform(bot.address().platform().wire())
                .setNativeMeetingId(bot.address().nativeMeetingId())
                .setMeetingUrl(bot.url())
                .setBotName(meeting.data().get("bot_name") instanceof String name ? name : null)
                .setLanguage(bot.language())
                .setTask(bot.task())
                .setMaxBotTimeMs(leave.maxBotTime())
                .setMaxWaitForAdmissionMs(leave.maxWaitForAdmission())
                .setMaxTimeLeftAloneMs(leave.maxTimeLeftAlone())
                .setNoOneJoinedTimeoutMs(leave.noOneJoinedTimeout())
                .build());
    }

    /** Tells a session's bot what to do otherwise; completes when the command is in the log. */
    public Mono<Void> reconfigure(long meetingId, String sessionUid, Reconfiguration change, Instant at) {
        return send(command(meetingId, sessionUid, BotCommandType.RECONFIGURE, at)
                .setLanguage(change.language())
                .setTask(change.task())
                .build());
    }

    /** Tells a session's bot to go; completes when the command is in the log. */
    public Mono<Void> leave(long meetingId, String sessionUid, Instant at) {
        return send(command(meetingId, sessionUid, BotCommandType.LEAVE, at).build());
    }

    /** Tells everybody that a meeting has moved; completes when that is in the log. */
    public Mono<Void> moved(long meetingId, @Nullable String sessionUid, StatusChange change) {
        String key = Long.toString(meetingId);
        MeetingEvent event = MeetingEvent.newBuilder()
                .setMeetingId(key)
                .setSessionUid(sessionUid)
                .setType(MeetingEventType.STATUS_CHANGED)
                .setOccurredAt(change.at())
                .setStatus(change.to().wire())
                .setReason(change.reason())
                .setDetail(change.detail())
                .build();
        return log.publisher(log.topics().meetingEvents()).publish(key, event).then();
    }

    /**
     * Tells everybody that nothing of a meeting is to be kept, and has compacted topics forget it; completes when that is in the
     * log.
     */
    public Mono<Void> erase(long meetingId) {
        String key = Long.toString(meetingId);
        return Mono.defer(() -> log.publisher(log.topics().meetingEvents())
                        .erase(key)
                        .then(log.publisher(log.topics().botClaims()).erase(key)))
                // A publisher is made when it is first asked for, which blocks.
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(ERASING)
                .then();
    }

    /** This node's share of what happens to meetings; acknowledge each. */
    public Flux<Received<MeetingEvent>> events() {
        return log.receive(log.topics().meetingEvents(), Subscription.group(GROUP));
    }

    /** Puts an event that can never have its effect among the dead letters; acknowledge it after that. */
    public Mono<Void> bury(Received<MeetingEvent> record, Throwable reason) {
        return log.deadLetter(log.topics().meetingEvents(), record, reason);
    }

    /** Session of a bot, every time that its node says it lives. */
    public Flux<String> heartbeats() {
        return log.receive(log.topics().botClaims(), Subscription.everything(Subscription.From.LATEST))
                .filter(record -> record.value().getState() == BotClaimState.CLAIMED)
                .map(record -> record.value().getSessionUid());
    }

    /** Whether the log answers; an error when it does not. */
    public Mono<Void> check() {
        return Mono.<Void>fromRunnable(log::check).subscribeOn(Schedulers.boundedElastic());
    }

    /** Whether the log's broker answers: yes to begin with, then whenever that has changed. */
    public Flux<Boolean> answers() {
        return Flux.interval(PROBE_EVERY)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.fromCallable(() -> log.answers(PROBE_PATIENCE))
                                .subscribeOn(Schedulers.boundedElastic())
                                .onErrorReturn(false),
                        1)
                .startWith(true)
                .distinctUntilChanged();
    }

    /** All entries of all transcripts from now on, once they can never change. */
    public Flux<TranscriptEntry> entries() {
        return log.receive(log.topics().segments(), Subscription.everything(Subscription.From.LATEST))
                .mapNotNull(record -> TranscriptRecords.entry(record.value()).orElse(null));
    }

    /** All changing text from now on, as soon as it is said. */
    public Flux<LiveTrack> liveTracks() {
        return log.receive(
                        log.topics().live(),
                        Subscription.everything(Subscription.From.LATEST).readUncommitted())
                .mapNotNull(record -> TranscriptRecords.live(record.value()).orElse(null));
    }

    /** A value of the live view; empty when it is of no meeting of ours. */
    public static Optional<LiveTrack> decode(byte[] value) {
        try {
            return TranscriptRecords.live(TranscriptLive.getDecoder().decode(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BotCommand.Builder command(long meetingId, String sessionUid, BotCommandType type, Instant at) {
        return BotCommand.newBuilder()
                .setMeetingId(Long.toString(meetingId))
                .setSessionUid(sessionUid)
                .setType(type)
                .setIssuedAt(at);
    }

    private Mono<Void> send(BotCommand command) {
        return log.publisher(log.topics().botCommands())
                .publish(command.getMeetingId(), command)
                .then();
    }
}
