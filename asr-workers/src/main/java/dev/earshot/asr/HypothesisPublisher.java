package dev.earshot.asr;

import dev.earshot.asr.domain.LocalAgreement;
import dev.earshot.asr.domain.Progress;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.wire.Evidence;
import dev.earshot.asr.wire.HypothesisWriter;
import dev.earshot.eventlog.EventPublisher;
import dev.earshot.eventlog.OverloadedException;
import dev.earshot.eventlog.Position;
import dev.earshot.schema.avro.AsrHypothesis;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Publishes hypotheses and brings the broker's answers back to the track loop. Partials may be lost under overload; finals and
 * progress are tried until there is room.
 */
final class HypothesisPublisher {

    private static final Retry WHEN_OVERLOADED =
            Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(50)).filter(OverloadedException.class::isInstance);

    private final EventPublisher<AsrHypothesis> publisher;
    private final HypothesisWriter writer;
    private final TrackLoop loop;
    private final AsrEvents events;
    private final Consumer<Throwable> failed;

    HypothesisPublisher(
            EventPublisher<AsrHypothesis> publisher,
            HypothesisWriter writer,
            TrackLoop loop,
            AsrEvents events,
            Consumer<Throwable> failed) {
        this.publisher = publisher;
        this.writer = writer;
        this.loop = loop;
        this.events = events;
        this.failed = failed;
    }

    void partial(DecodeJob job, LocalAgreement.Shown shown, long decodeMicros) {
        Evidence audio = evidence(job);
        var record = writer.partial(job.track().identity, audio, job.revision(), shown, decodeMicros);
        publish(record).subscribe(position -> told(AsrEvents.Kind.PARTIAL, audio), error -> {
            if (error instanceof OverloadedException) {
                events.partialsSkipped(1);
            } else {
                fail(error);
            }
        });
    }

    /** {@code published} runs on the track loop when the broker has the final. */
    void finalOf(DecodeJob job, Transcription heard, long decodeMicros, Runnable published) {
        Evidence audio = evidence(job);
        var record = writer.finalOf(job.track().identity, audio, job.revision(), heard, decodeMicros);
        publish(record)
                .retryWhen(WHEN_OVERLOADED)
                .subscribe(
                        position -> {
                            told(AsrEvents.Kind.FINAL, audio);
                            loop.execute(published);
                        },
                        this::fail);
    }

    /** {@code published} runs on the track loop when the broker has the report. */
    void progress(ListenedTrack track, Progress progress, Runnable published) {
        Evidence audio = track.evidence(progress.startSample(), progress.endSample(), track.track.heardTo());
        var record = writer.progress(track.identity, audio, progress);
        publish(record).retryWhen(WHEN_OVERLOADED).subscribe(position -> loop.execute(published), this::fail);
    }

    private Mono<Position> publish(AsrHypothesis record) {
        return publisher.publish(record.getMeetingId(), record);
    }

    private static Evidence evidence(DecodeJob job) {
        return job.track().evidence(job.startSample(), job.endSample(), job.decidedAt());
    }

    private void told(AsrEvents.Kind kind, Evidence audio) {
        Instant ready = Instant.EPOCH.plusNanos(audio.readyMicros() * 1000);
        events.hypothesisPublished(kind, Duration.between(ready, Instant.now()));
    }

    private void fail(Throwable error) {
        loop.execute(() -> failed.accept(error));
    }
}
