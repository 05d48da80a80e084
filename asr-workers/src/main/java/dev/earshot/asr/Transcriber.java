package dev.earshot.asr;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Gap;
import dev.earshot.asr.domain.LocalAgreement;
import dev.earshot.asr.domain.Progress;
import dev.earshot.asr.domain.TrackEvent;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.Recognizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what tracks decide: their windows are decoded, the words published, and all audio that is accounted for is
 * reported. Owns the recogniser. Called on the loop.
 *
 * <p>The way of a final:
 *
 * <ol>
 *   <li>{@link #act}: its track has ended an utterance; the window waits in the {@link DecodeLane}.
 *   <li>{@link #finalDecoded}: the words are there and go to the {@link HypothesisPublisher}.
 *   <li>The broker has them: the track's account settles the utterance, and {@link #report} publishes how far it reaches.
 *   <li>{@link #reported}: the broker has that, too. The track holds its partition back no further than it must, and the
 *       pipeline's next tick commits.
 * </ol>
 */
final class Transcriber implements AutoCloseable {

    /** Who reads the chunks. */
    interface Owner {

        /** A track has ended and all of it is reported. */
        void finished(ListenedTrack track);

        /** Whether what is read now waited in the log. */
        boolean readsBacklog();

        /** Less waits to be decoded: more may be read. */
        void roomMade();
    }

    /** How far the model looks ahead: words nearer to the end than this may still change. */
    private static final int UNTRUSTED_MS = 700;

    private final HypothesisPublisher publisher;
    private final AsrEvents events;
    private final Owner owner;
    private final DecodeLane lane;

    Transcriber(
            Recognizer recognizer,
            AsrConfig config,
            TrackLoop loop,
            HypothesisPublisher publisher,
            AsrEvents events,
            Owner owner) {
        this.publisher = publisher;
        this.events = events;
        this.owner = owner;
        this.lane = new DecodeLane(recognizer, config, loop, new Decoded(), events);
    }

    /** Seconds of audio whose finals wait for the decoder. */
    double backlogSeconds() {
        return lane.backlogSeconds();
    }

    /** Does what a track has decided, and reports what is accounted for. */
    void act(ListenedTrack track, List<TrackEvent> decisions) {
        for (TrackEvent decision : decisions) {
            if (decision instanceof TrackEvent.UtteranceStarted started) {
                track.agreements.put(started.startSample(), new LocalAgreement());
                events.utteranceStarted();
            } else if (decision instanceof TrackEvent.PartialDue due) {
                lane.add(new DecodeJob(
                        track,
                        false,
                        due.startSample(),
                        due.endSample(),
                        due.endSample(),
                        due.revision(),
                        due.window().with(track.track.optionsAt(due.startSample()))));
            } else if (decision instanceof TrackEvent.UtteranceEnded ended) {
                lane.add(new DecodeJob(
                        track,
                        true,
                        ended.startSample(),
                        ended.endSample(),
                        ended.decidedAt(),
                        ended.revision(),
                        ended.window().with(track.track.optionsAt(ended.startSample()))));
            } else if (decision instanceof TrackEvent.UtteranceDropped dropped) {
                track.agreements.remove(dropped.startSample());
                events.utteranceEnded(AsrEvents.Outcome.EMPTY);
            } else if (decision instanceof TrackEvent.AudioLost lost) {
                Gap gap = lost.gap();
                events.audioLost(
                        (double) (gap.endSample() - gap.startSample()) / AudioTime.SAMPLE_RATE_HZ, gap.reason());
            }
        }
        report(track);
    }

    private final class Decoded implements DecodeLane.Client {

        @Override
        public boolean partialsWait() {
            return owner.readsBacklog();
        }

        @Override
        public void decoded(DecodeJob job, @Nullable Transcription heard, long batchMicros) {
            if (!job.track().gone) {
                if (job.isFinal()) {
                    finalDecoded(job, heard, batchMicros);
                } else {
                    partialDecoded(job, heard, batchMicros);
                }
            }
        }

        @Override
        public void roomMade() {
            owner.roomMade();
        }
    }

    private void partialDecoded(DecodeJob job, @Nullable Transcription heard, long batchMicros) {
        LocalAgreement agreement = job.track().agreements.get(job.startSample());
        if (agreement == null || heard == null) {
            return;
        }
        int windowMs = (int) AudioTime.millis(job.endSample() - job.startSample());
        LocalAgreement.Shown shown = agreement.agree(heard.words(), windowMs - UNTRUSTED_MS);
        if (shown.words().isEmpty()) {
            job.track().track.nothingHeardYet(job.startSample());
        } else {
            publisher.partial(job, shown, batchMicros);
        }
    }

    private void finalDecoded(DecodeJob job, @Nullable Transcription heard, long batchMicros) {
        ListenedTrack track = job.track();
        track.agreements.remove(job.startSample());
        Transcription words = heard == null ? Transcription.EMPTY : heard;
        // Published even when it is lost, to take back what was shown of it.
        publisher.finalOf(job, words, batchMicros, () -> {
            if (!track.gone) {
                if (heard == null) {
                    track.track.finalFailed(job.startSample());
                } else {
                    track.track.finalPublished(job.startSample());
                }
                report(track);
            }
        });
        if (heard == null) {
            events.audioLost(job.window().seconds(), Gap.Reason.DECODE_FAILED);
        }
        events.utteranceEnded(
                heard == null
                        ? AsrEvents.Outcome.FAILED
                        : words.words().isEmpty() ? AsrEvents.Outcome.EMPTY : AsrEvents.Outcome.RECOGNIZED);
    }

    private void report(ListenedTrack track) {
        Progress progress = track.track.report();
        if (progress == null) {
            return;
        }
        publisher.progress(track, progress, () -> {
            if (!track.gone) {
                reported(track);
            }
        });
    }

    private void reported(ListenedTrack track) {
        track.track.reported();
        if (track.track.finished()) {
            owner.finished(track);
        } else {
            track.partition.ledger.hold(track.id(), track.track.holdOffset());
            report(track);
        }
    }

    /** Drops everything that waits. */
    void clear() {
        lane.clear();
    }

    @Override
    public void close() {
        lane.close();
    }
}
