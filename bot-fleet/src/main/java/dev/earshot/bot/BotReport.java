package dev.earshot.bot;

import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.Ending;
import dev.earshot.bot.domain.Person;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.Topic;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Tells the topics what one bot sees, one event after the other: an event that Kafka does not take at once is offered until
 * it does, and the next ones wait. Calls return at once; one thread at a time.
 */
final class BotReport {

    private static final Logger log = LoggerFactory.getLogger(BotReport.class);

    private static final Retry UNTIL_TAKEN =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private final EventLog eventLog;
    private final BotOrder order;
    private final Sinks.Many<Mono<?>> waiting = Sinks.many().unicast().onBackpressureBuffer();
    private final CountDownLatch allPublished = new CountDownLatch(1);
    private final Disposable publishing;

    BotReport(EventLog eventLog, BotOrder order) {
        this.eventLog = eventLog;
        this.order = order;
        this.publishing = waiting.asFlux()
                .concatMap(event -> event.retryWhen(UNTIL_TAKEN), 1)
                .subscribe(
                        position -> {},
                        failure -> log.error("bot_report_failed session_uid={}", order.sessionUid(), failure),
                        allPublished::countDown);
    }

    /** The bot's status moves. */
    void status(String status, @Nullable String reason, @Nullable String detail) {
        log.info(
                "bot_status meeting_id={} session_uid={} status={} reason={}",
                order.meetingId(),
                order.sessionUid(),
                status,
                reason);
        meeting(event(MeetingEventType.STATUS_CHANGED, Instant.now())
                .setStatus(status)
                .setReason(reason)
                .setDetail(detail));
    }

    /** Capture begins; {@code at} is audio sample 0. */
    void sessionStarted(Instant at) {
        meeting(event(MeetingEventType.SESSION_STARTED, at));
    }

    /**
     * The stay is over.
     *
     * @param trackIds every track of the session, all of whose chunks are in Kafka; null when capture never began
     */
    void ended(@Nullable List<String> trackIds, Ending ending) {
        if (ending.isFailure()) {
            error(ending.reason(), ending.detail());
        }
        if (trackIds != null) {
            meeting(event(MeetingEventType.SESSION_ENDED, Instant.now()).setTrackIds(trackIds));
        }
        status(ending.status(), ending.reason(), ending.detail());
    }

    /** Something broke. */
    void error(String reason, String detail) {
        log.warn(
                "bot_error meeting_id={} session_uid={} reason={} detail=\"{}\"",
                order.meetingId(),
                order.sessionUid(),
                reason,
                detail);
        meeting(event(MeetingEventType.ERROR, Instant.now()).setReason(reason).setDetail(detail));
    }

    /** A participant did something; {@code trackId} only for TRACK_ASSIGNED. */
    void speaker(SpeakerEventType type, Person person, @Nullable String trackId, long atSample, Instant at) {
        var event = SpeakerEvent.newBuilder()
                .setMeetingId(order.meetingId())
                .setSessionUid(order.sessionUid())
                .setType(type)
                .setParticipantId(person.id())
                .setName(person.name().isBlank() ? null : person.name())
                .setTrackId(trackId)
                .setAtSample(atSample)
                .setOccurredAt(at)
                .build();
        publish(eventLog.topics().speakerEvents(), event);
    }

    /** A mock's words, as a worker would have heard them. */
    void heard(AsrHypothesis hypothesis) {
        publish(eventLog.topics().hypotheses(), hypothesis);
    }

    /**
     * Ends the report and waits until all of it is published; what Kafka does not take in time is given up.
     *
     * @return whether Kafka has taken everything
     */
    boolean close(Duration patience) {
        waiting.tryEmitComplete();
        try {
            boolean taken = allPublished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!taken) {
                log.warn("bot_report_unfinished session_uid={}", order.sessionUid());
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            publishing.dispose();
        }
    }

    private MeetingEvent.Builder event(MeetingEventType type, Instant at) {
        return MeetingEvent.newBuilder()
                .setMeetingId(order.meetingId())
                .setSessionUid(order.sessionUid())
                .setType(type)
                .setOccurredAt(at);
    }

    private void meeting(MeetingEvent.Builder builder) {
        publish(eventLog.topics().meetingEvents(), builder.build());
    }

    private <V extends SpecificRecord> void publish(Topic<V> topic, V event) {
        waiting.tryEmitNext(Mono.defer(() -> eventLog.publisher(topic).publish(order.meetingId(), event)))
                .orThrow();
    }
}
