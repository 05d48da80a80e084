package dev.earshot.api.meeting;

import dev.earshot.api.domain.Meeting;
import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.postgres.Meetings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Ends meetings that nobody will end: those whose bot never answered, and those whose bot was called back and never came.
 * Any number of nodes may sweep at once; each meeting is taken by one.
 */
public final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final Meetings meetings;
    private final Bots bots;
    private final Duration answerTimeout;
    private final Duration stopTimeout;
    private final Clock clock;
    private final Disposable.Swap running = Disposables.swap();

    public Sweeper(Meetings meetings, Bots bots, Duration answerTimeout, Duration stopTimeout, Clock clock) {
        this.meetings = meetings;
        this.bots = bots;
        this.answerTimeout = answerTimeout;
        this.stopTimeout = stopTimeout;
        this.clock = clock;
    }

    /** Sweeps now and then, often enough to be at most a tenth late. */
    public void start() {
        Duration pause = answerTimeout.compareTo(stopTimeout) < 0 ? answerTimeout : stopTimeout;
        running.update(Flux.interval(pause.dividedBy(10))
                .onBackpressureDrop()
                .concatMap(tick -> sweep(), 1)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .maxBackoff(Duration.ofSeconds(30))
                        .doBeforeRetry(retry -> log.warn(
                                "sweep_failed reason=\"{}\"", retry.failure().toString())))
                .subscribe());
    }

    private Mono<Void> sweep() {
        String unanswered = String.format(Locale.ROOT, "no bot answered within %d s", answerTimeout.toSeconds());
        return meetings.takeStuck(MeetingStatus.REQUESTED, answerTimeout)
                .concatMap(meeting -> end(meeting, MeetingStatus.FAILED, "join_failure", unanswered))
                .thenMany(meetings.takeStuck(MeetingStatus.STOPPING, stopTimeout))
                .concatMap(meeting -> end(meeting, MeetingStatus.COMPLETED, "stopped", "the bot did not say goodbye"))
                .then();
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
