package dev.earshot.asr.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One track while a worker listens to it: takes chunks, says what to decode, and keeps the account of what is covered.
 *
 * <p>A pure state machine: no clock, no I/O. What it decides depends on the audio alone, so whoever reads the track again
 * from the chunk at {@link #holdOffset} finds the same utterances. Not thread-safe. Memory is bounded by the longest
 * utterance and the chunks not yet committed.
 */
public final class Track {

    private static final long MICROS_PER_MS = 1000;
    private static final int FRAMES_AFTER_DECISION = 1;

    private final TrackRules rules;
    private final SpeechGate gate;
    private final Endpointer endpointer;
    private final SampleBuffer buffer = new SampleBuffer();
    private final Coverage coverage = new Coverage();
    private final ChunkLog chunks = new ChunkLog();
    /** Where unbroken audio begins: the last such place before what is reported, and those after it. */
    private final Deque<Long> breaks = new ArrayDeque<>();

    private List<TrackEvent> events = new ArrayList<>();
    private boolean met;
    private boolean ending;
    private boolean ended;
    private boolean endReported;
    private long nextSequence;
    private long nextSample;
    private long nextFrame;
    private long lastProducedMicros;
    private long partialAt;
    private long partialSpeechEnd;
    private boolean flushed;
    private boolean everPublished;
    private long published;
    private boolean publishedAfterCut;

    @Nullable
    private Progress reporting;

    public Track(TrackRules rules, SpeechGate gate) {
        this.rules = rules;
        this.gate = gate;
        this.endpointer = new Endpointer(rules.endpoint(), gate.warmUpFrames(), new Decisions());
    }

    /** Whether a chunk with this number was heard before, or comes after the end. */
    public boolean knows(Chunk chunk) {
        return ended || (met && chunk.sequence() < nextSequence);
    }

    /** Hears a chunk. Returns what it leads to, in order of audio; nothing for a chunk heard before. */
    public List<TrackEvent> accept(Chunk chunk) {
        if (knows(chunk)) {
            return List.of();
        }
        take(chunk);
        return decide();
    }

    /**
     * The first half of {@link #accept}, for a chunk that is not known: takes the audio in. What it leads to is decided in
     * {@link #decide}, when the gate can tell, and before the next chunk or {@link #flush}; reports and their answers may come
     * between.
     */
    public void take(Chunk chunk) {
        chunks.add(chunk);
        flushed = false;
        if (met) {
            reach(chunk);
        } else {
            met = true;
            // Chunk 0 is where everybody begins. Any other was met in the middle: its beginning is another worker's.
            nextSample = chunk.firstSample();
            begin(chunk.firstSample(), chunk.sequence() == 0);
        }
        hear(chunk);
        nextSequence = chunk.sequence() + 1;
        lastProducedMicros = chunk.producedAtMicros();
        ending = chunk.endOfTrack();
    }

    /** What the audio taken in leads to, in order. */
    public List<TrackEvent> decide() {
        frames();
        if (ending) {
            ended = true;
            endpointer.flush(nextSample);
            coverage.begin(nextSample);
        } else {
            partial();
        }
        return taken();
    }

    /**
     * Nothing has come for long: what is open ends with the audio there is. Call it only when the log will show the pause,
     * {@link TrackRules#pauseMs} or more between two chunks, so that every later reader ends it there too.
     */
    public List<TrackEvent> flush() {
        if (met && !ended) {
            endpointer.flush(nextSample);
            begin(nextSample, coverage.begun());
            flushed = true;
        }
        return taken();
    }

    /** Bridges the distance between what was heard and the next chunk. */
    private void reach(Chunk chunk) {
        boolean missing = chunk.sequence() > nextSequence;
        if (chunk.firstSample() > nextSample) {
            lose(chunk.firstSample(), missing ? Gap.Reason.CHUNK_MISSING : Gap.Reason.CAPTURE_LOST);
        } else if (chunk.producedAtMicros() - lastProducedMicros >= rules.pauseMs() * MICROS_PER_MS) {
            endpointer.flush(nextSample);
            begin(nextSample, true);
        }
    }

    private void hear(Chunk chunk) {
        long end = chunk.endSample();
        if (end <= nextSample) {
            return;
        }
        if (chunk.samples() == null) {
            lose(end, Gap.Reason.CHUNK_UNREADABLE);
        } else if (chunk.lostSamples() >= chunk.sampleCount()) {
            lose(end, Gap.Reason.CAPTURE_LOST);
        } else {
            int known = (int) (nextSample - chunk.firstSample());
            if (chunk.lostSamples() > 0) {
                zeros(chunk);
            }
            buffer.append(chunk.samples(), known, chunk.sampleCount() - known);
            gate.hear(chunk.samples(), known, chunk.sampleCount() - known);
            nextSample = end;
        }
    }

    private void frames() {
        while (AudioTime.sampleOf(nextFrame + 1) <= nextSample) {
            boolean speech = gate.frame(buffer.array(), buffer.index(AudioTime.sampleOf(nextFrame)));
            endpointer.frame(nextFrame, speech, gate.level());
            nextFrame++;
        }
        buffer.trim(endpointer.neededFrom(nextFrame));
    }

    private void zeros(Chunk chunk) {
        long start = Math.max(chunk.firstSample(), nextSample);
        long end = Math.min(chunk.endSample(), chunk.firstSample() + chunk.lostSamples());
        if (end > start) {
            var gap = new Gap(start, end, Gap.Reason.CAPTURE_LOST);
            // Before the account has begun, too: when it does, it begins further back.
            coverage.zeros(gap);
            if (coverage.begun()) {
                events.add(new TrackEvent.AudioLost(gap));
            }
        }
    }

    private void lose(long until, Gap.Reason reason) {
        endpointer.flush(nextSample);
        coverage.begin(nextSample);
        coverage.gap(until, reason);
        events.add(new TrackEvent.AudioLost(new Gap(nextSample, until, reason)));
        begin(until, true);
    }

    private void begin(long sample, boolean known) {
        nextSample = sample;
        nextFrame = AudioTime.firstFrameFrom(sample);
        buffer.restart(sample);
        gate.restart(sample);
        breaks.add(sample);
        endpointer.restart(sample, known);
    }

    private void partial() {
        if (!endpointer.isOpen() || nextSample < partialAt || endpointer.speechEnd() <= partialSpeechEnd) {
            return;
        }
        long start = endpointer.start();
        events.add(
                new TrackEvent.PartialDue(start, nextSample, revision(nextSample), buffer.window(start, nextSample)));
        partialAt = nextSample + rules.partialIntervalSamples(nextSample - start);
        partialSpeechEnd = endpointer.speechEnd();
    }

    /** A partial of the utterance had no words yet: look again as soon as there is more. */
    public void nothingHeardYet(long startSample) {
        if (endpointer.isOpen() && endpointer.start() == startSample) {
            partialAt = nextSample;
        }
    }

    private int revision(long heard) {
        return (int) ((heard - endpointer.start()) / AudioTime.FRAME_SAMPLES);
    }

    private List<TrackEvent> taken() {
        if (events.isEmpty()) {
            return List.of();
        }
        List<TrackEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    /** The final of the utterance that starts at a sample is published. */
    public void finalPublished(long startSample) {
        coverage.settle(startSample, null);
    }

    /** The same, but the recogniser failed on it: what was said in it is lost, and is told as a gap. */
    public void finalFailed(long startSample) {
        coverage.settle(startSample, Gap.Reason.DECODE_FAILED);
    }

    /** What to report next; null when there is nothing worth it, or while a report waits for {@link #reported}. */
    public @Nullable Progress report() {
        if (reporting != null || endReported) {
            return null;
        }
        Progress next = coverage.report(ended, flushed);
        reporting = next;
        endReported = next != null && next.endOfTrack();
        return next;
    }

    /** The report is published. */
    public void reported() {
        Progress progress = reporting;
        if (progress == null) {
            return;
        }
        published = progress.endSample();
        everPublished = true;
        publishedAfterCut = progress.afterCut();
        reporting = null;
        while (breaks.size() > 1 && second(breaks) <= published) {
            breaks.removeFirst();
        }
        if (!finished()) {
            chunks.trim(holdOffset());
        }
    }

    /** Whether the track has ended and all of it is reported. */
    public boolean finished() {
        return endReported && reporting == null;
    }

    /** Whether any chunk came. */
    public boolean met() {
        return met;
    }

    /** One past the last sample heard. */
    public long heardTo() {
        return nextSample;
    }

    /** Whether speech waits for its final or silence for its report. */
    public boolean hasUnreported() {
        return coverage.begun() && (!everPublished || published < coverage.end());
    }

    /**
     * The offset from which this track must be read again by a worker that knows nothing: before it, all audio is reported;
     * from it on, such a worker is in step before it reaches what is not.
     */
    public long holdOffset() {
        if (!everPublished) {
            return chunks.offsetAt(Long.MIN_VALUE);
        }
        long evidence = published - endpointer.lookBack(publishedAfterCut);
        long unbroken = breaks.getFirst();
        // A break puts every reader in step, but only one that has seen what was before it.
        return chunks.offsetAt(evidence < unbroken ? unbroken - 1 : evidence);
    }

    /** Wall clock at a sample, microseconds since the epoch. */
    public long capturedAt(long sample) {
        return chunks.capturedAt(sample);
    }

    /** What was asked for at a sample. */
    public DecodingOptions optionsAt(long sample) {
        return chunks.optionsAt(sample);
    }

    /** Offset of the chunk that a sample lies in. */
    public long offsetAt(long sample) {
        return chunks.offsetAt(sample);
    }

    private static long second(Deque<Long> breaks) {
        var each = breaks.iterator();
        each.next();
        return each.next();
    }

    private final class Decisions implements Endpointer.Listener {

        @Override
        public void inStep(long sample) {
            coverage.begin(sample);
        }

        @Override
        public void silentTo(long sample) {
            coverage.silence(sample);
        }

        @Override
        public void opened(long startSample, long speechSample) {
            partialAt = speechSample + (long) rules.firstPartialMs() * AudioTime.SAMPLES_PER_MS;
            partialSpeechEnd = startSample;
            events.add(new TrackEvent.UtteranceStarted(startSample));
        }

        @Override
        public void ended(long startSample, long endSample, long decidedAt, boolean cut) {
            coverage.utterance(startSample, endSample, cut);
            TrackEvent.EndReason reason = cut
                    ? TrackEvent.EndReason.TOO_LONG
                    : decidedAt == endSample ? TrackEvent.EndReason.AUDIO_ENDED : TrackEvent.EndReason.SILENCE;
            events.add(new TrackEvent.UtteranceEnded(
                    startSample,
                    endSample,
                    decidedAt,
                    revision(decidedAt) + FRAMES_AFTER_DECISION,
                    reason,
                    buffer.window(startSample, endSample)));
        }

        @Override
        public void dropped(long startSample) {
            events.add(new TrackEvent.UtteranceDropped(startSample));
        }
    }
}
