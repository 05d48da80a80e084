package dev.earshot.api.meeting;

import dev.earshot.api.domain.MeetingStatus;
import dev.earshot.api.domain.StatusChange;
import dev.earshot.api.postgres.Database;
import dev.earshot.api.postgres.Meetings;
import dev.earshot.api.wire.MeetingLog;
import dev.earshot.eventlog.Received;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Keeps the status of meetings in Postgres what {@code meeting.event.v1} says it is. Moves that are not allowed are ignored,
 * so a replay changes nothing. While Postgres is away it waits: no event is lost. An event that Postgres will never take goes
 * to the dead letters, and those behind it go on.
 */
public final class MeetingStatusProjection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MeetingStatusProjection.class);
    private static final Retry PATIENCE = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
            .maxBackoff(Duration.ofSeconds(5))
            .filter(failure -> !Database.isFaultOfValue(failure))
            .doBeforeRetry(retry ->
                    log.warn("projection_waits reason=\"{}\"", retry.failure().toString()));

    private final MeetingLog meetingLog;
    private final Meetings meetings;
    private final Disposable.Swap running = Disposables.swap();

    public MeetingStatusProjection(MeetingLog meetingLog, Meetings meetings) {
        this.meetingLog = meetingLog;
        this.meetings = meetings;
    }

    public void start() {
        running.update(meetingLog.events().concatMap(this::handle, 64).subscribe());
    }

    private Mono<Void> handle(Received<MeetingEvent> record) {
        return Mono.defer(() -> apply(record.value()))
                .retryWhen(PATIENCE)
                .onErrorResume(Database::isFaultOfValue, failure -> Mono.defer(() -> meetingLog.bury(record, failure))
                        .retryWhen(PATIENCE))
                .then(Mono.fromRunnable(record::acknowledge));
    }

    private Mono<Void> apply(MeetingEvent event) {
        Optional<Long> meetingId = parse(event.getMeetingId());
        if (meetingId.isEmpty()) {
            return Mono.empty();
        }
        long id = meetingId.get();
        if (event.getType() == MeetingEventType.SESSION_STARTED && event.getSessionUid() != null) {
            return meetings.noteSession(id, event.getSessionUid(), event.getOccurredAt());
        }
        if (event.getType() != MeetingEventType.STATUS_CHANGED || event.getStatus() == null) {
            return Mono.empty();
        }
        Optional<MeetingStatus> status = MeetingStatus.of(event.getStatus());
        if (status.isEmpty()) {
            log.warn("status_unknown meeting_id={} status={}", id, event.getStatus());
            return Mono.empty();
        }
        var change = new StatusChange(status.get(), event.getOccurredAt(), "bot", event.getReason(), event.getDetail());
        return meetings.move(id, change)
                .doOnNext(meeting -> log.info(
                        "meeting_moved meeting_id={} status={} reason={}",
                        id,
                        meeting.status().wire(),
                        change.reason()))
                .switchIfEmpty(Mono.fromRunnable(
                        () -> log.debug("move_ignored meeting_id={} status={}", id, event.getStatus())))
                .then();
    }

    private static Optional<Long> parse(String meetingId) {
        try {
            return Optional.of(Long.valueOf(meetingId));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        running.dispose();
    }
}
