package dev.earshot.api.meeting;

import dev.earshot.api.ApiRules;
import dev.earshot.api.domain.BotPulse;
import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.wire.MeetingLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Ends meetings that nobody will end: those whose bot never answered, those whose bot was called back and never came, and
 * those whose bot has fallen silent with everybody who could tell its end. Any number of nodes may sweep at once.
 */
public final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final Meetings meetings;
    private final Bots bots;
    private final MeetingLog meetingLog;
    private final ApiRules rules;
    private final Clock clock;
    private final BotPulse pulse;
    private final Disposable.Composite running = Disposables.composite();

    public Sweeper(Meetings meetings, Bots bots, MeetingLog meetingLog, ApiRules rules, Clock clock) {
        this.meetings = meetings;
        this.bots = bots;
        this.meetingLog = meetingLog;
        this.rules = rules;
        this.clock = clock;
        this.pulse = new BotPulse(Instant.now(clock));
    }

    /** Sweeps now and then, often enough to be at most a tenth late. */
    public void start() {
        running.add(meetingLog.heartbeats().subscribe(session -> pulse.beat(session, Instant.now(clock))));
        Duration pause = Stream.of(rules.botAnswerTimeout(), rules.botStopTimeout(), rules.botLostTimeout())
                .min(Duration::compareTo)
                .orElseThrow();
        running.add(Flux.interval(pause.dividedBy(10))
                .onBackpressureDrop()
                .concatMap(tick -> sweep(), 1)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .maxBackoff(Duration.ofSeconds(30))
                        .doBeforeRetry(retry -> log.warn(
                                "sweep_failed reason=\"{}\"", retry.failure().toString())))
                .subscribe());
    }

    private Mono<Void> sweep() {
        String unanswered = String.format(
                Locale.ROOT,
                "no bot answered within %d s",
                rules.botAnswerTimeout().toSeconds());
        return meetings.takeStuck(MeetingStatus.REQUESTED, rules.botAnswerTimeout())
                .concatMap(meeting -> end(meeting, MeetingStatus.FAILED, "join_failure", unanswered))
                .thenMany(meetings.takeStuck(MeetingStatus.STOPPING, rules.botStopTimeout()))
                .concatMap(meeting -> end(meeting, MeetingStatus.COMPLETED, "stopped", "the bot did not say goodbye"))
                .then(endSilent());
    }

    /** While the log is away nobody can be heard, so nobody's silence means anything. */
    private Mono<Void> endSilent() {
        Instant now = Instant.now(clock);
        return meetings.stays(rules.botLostTimeout())
                .filter(stay -> pulse.isSilent(stay.sessionUid(), rules.botLostTimeout(), now))
                .collectList()
                .filter(silent -> !silent.isEmpty())
                .flatMap(silent -> meetingLog
                        .check()
                        .doOnError(away -> pulse.deaf(Instant.now(clock)))
                        .thenReturn(silent))
                .flatMapIterable(silent -> silent)
                .concatMap(stay -> end(
                        stay.meeting(),
                        MeetingStatus.FAILED,
                        stay.meeting().startTime() == null ? "join_failure" : "browser_crashed",
                        "Nothing was heard of the bot any more."))
                .then(Mono.fromRunnable(() -> pulse.forget(rules.botLostTimeout(), now)));
    }

    private Mono<Void> end(Meeting meeting, MeetingStatus status, String reason, String detail) {
        log.info("meeting_swept meeting_id={} status={} reason={}", meeting.id(), status.wire(), reason);
        Instant now = Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
        return bots.end(meeting, new StatusChange(status, now, "sweeper", reason, detail));
    }

    @Override
    public void close() {
        running.dispose();
    }
}
