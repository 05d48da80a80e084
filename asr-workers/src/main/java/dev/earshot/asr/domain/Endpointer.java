package dev.earshot.asr.domain;

import java.util.Arrays;

/**
 * Decides where utterances begin and end, from one speech decision per frame.
 *
 * <p>What it decides is a function of the audio alone, and of a bounded stretch of it: an utterance begins a little before
 * the first speech after a silence of {@link EndpointRules#silenceMs}, ends after the next such silence, and is cut on an
 * absolute grid when it gets long. Therefore a worker that starts reading in the middle of a track can know when it agrees
 * with one that read it all (it is <em>in step</em>): after such a silence, or at a grid point with speech all through the
 * half grid before it. {@link #lookBack} says how much earlier reading must start. Not thread-safe.
 */
final class Endpointer {

    /** Told what was decided, in order of audio. */
    interface Listener {

        /** From here on the worker is in step; audio before is somebody else's. */
        void inStep(long sample);

        /** All audio up to here that is no utterance is silence. */
        void silentTo(long sample);

        void opened(long startSample, long speechSample);

        /**
         * @param decidedAt one past the last sample that was needed to decide
         * @param cut whether speech may go on behind the end
         */
        void ended(long startSample, long endSample, long decidedAt, boolean cut);

        /** Behind a cut there was only silence: no utterance starts there after all. */
        void dropped(long startSample);
    }

    /** 240 ms before speech is noticed: soft consonants are not loud. */
    private static final int PRE_ROLL_FRAMES = 12;
    /** An utterance begins this many frames before the frame in which speech is noticed. */
    private static final int LEAD_FRAMES = PRE_ROLL_FRAMES + SpeechGate.NOTICE_FRAMES - 1;
    /** 260 ms after the last speech belong to the utterance: the model wants some silence behind the last word. */
    private static final int TAIL_FRAMES = 13;
    /** A cut lies in the last 3 s before its grid point, and in the half grid before it, which every utterance cut is old. */
    private static final int CUT_FRAMES = 150;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int silenceFrames;
    private final int tailFrames;
    private final int gridFrames;
    private final int cutFrames;
    private final int warmUpFrames;
    private final Listener listener;
    private final float[] levels = new float[CUT_FRAMES];

    private boolean inStep;
    private boolean open;
    private long start;
    private long covered;
    private long lastSpeech;
    private long settledFrom;
    private int quietFrames;

    /** @param warmUpFrames of the gate that decides what is speech */
    Endpointer(EndpointRules rules, int warmUpFrames, Listener listener) {
        this.warmUpFrames = warmUpFrames;
        this.silenceFrames = rules.silenceFrames();
        // The next utterance may begin LEAD_FRAMES before the first frame after the silence, and must not overlap.
        this.tailFrames = Math.min(TAIL_FRAMES, silenceFrames - LEAD_FRAMES);
        this.gridFrames = rules.gridFrames();
        this.cutFrames = Math.min(CUT_FRAMES, gridFrames / 2);
        this.listener = listener;
    }

    /**
     * Begins at a sample.
     *
     * @param known whether this is where the audio begins, for every worker that ever reads it
     */
    void restart(long sample, boolean known) {
        inStep = known;
        open = false;
        covered = sample;
        lastSpeech = NEVER;
        settledFrom = AudioTime.firstFrameFrom(sample) + warmUpFrames;
        quietFrames = 0;
        Arrays.fill(levels, 0);
        if (known) {
            listener.inStep(sample);
        }
    }

    boolean isOpen() {
        return open;
    }

    long start() {
        return start;
    }

    /** One past the last frame with speech. */
    long speechEnd() {
        return AudioTime.sampleOf(lastSpeech + 1);
    }

    /** The first sample that may still become part of an utterance when the given frame comes next. */
    long neededFrom(long nextFrame) {
        if (open) {
            return start;
        }
        return AudioTime.sampleOf(nextFrame - (inStep ? LEAD_FRAMES : CUT_FRAMES));
    }

    void frame(long frame, boolean speech, float level) {
        levels[(int) (frame % CUT_FRAMES)] = level;
        if (speech) {
            lastSpeech = frame;
        }
        if (!inStep) {
            seekStep(frame, speech);
        } else if (open) {
            endOrCut(frame);
        } else if (speech) {
            open(Math.max(covered, AudioTime.sampleOf(frame - LEAD_FRAMES)), frame);
        } else {
            silentTo(AudioTime.sampleOf(frame + 1 - LEAD_FRAMES));
        }
    }

    /** The audio breaks off at a sample: what is open ends there. */
    void flush(long sample) {
        if (!inStep) {
            return;
        }
        if (open) {
            close(sample, sample);
        }
        silentTo(sample);
    }

    /**
     * How many samples before a boundary reading must start at the latest, so that the reader is in step when it gets there.
     *
     * @param cut whether the boundary is a cut on the grid
     */
    long lookBack(boolean cut) {
        int frames = cut ? gridFrames / 2 + silenceFrames : silenceFrames - LEAD_FRAMES + TAIL_FRAMES;
        // Two more: the first frame may begin after the first sample, and a boundary may lie inside one.
        return AudioTime.sampleOf(frames + warmUpFrames + 2);
    }

    private void seekStep(long frame, boolean speech) {
        quietFrames = speech || frame < settledFrom ? 0 : quietFrames + 1;
        if (quietFrames >= silenceFrames) {
            inStep = true;
            covered = AudioTime.sampleOf(frame + 1 - LEAD_FRAMES);
            listener.inStep(covered);
        } else if (onGrid(frame) && settledFrom + silenceFrames <= frame + 1 - gridFrames / 2) {
            inStep = true;
            covered = quietest(frame);
            listener.inStep(covered);
            open(covered, frame);
        }
    }

    private void endOrCut(long frame) {
        if (frame - lastSpeech >= silenceFrames) {
            close(AudioTime.sampleOf(lastSpeech + 1 + tailFrames), AudioTime.sampleOf(frame + 1));
            silentTo(AudioTime.sampleOf(frame + 1 - LEAD_FRAMES));
        } else if (onGrid(frame) && start <= AudioTime.sampleOf(frame + 1 - gridFrames / 2)) {
            covered = quietest(frame);
            listener.ended(start, covered, AudioTime.sampleOf(frame + 1), true);
            open(covered, frame);
        }
    }

    private void close(long end, long decidedAt) {
        open = false;
        if (speechEnd() > start) {
            covered = end;
            listener.ended(start, end, decidedAt, false);
        } else {
            listener.dropped(start);
        }
    }

    private void open(long sample, long frame) {
        open = true;
        start = sample;
        listener.opened(sample, Math.max(sample, AudioTime.sampleOf(frame + 1 - SpeechGate.NOTICE_FRAMES)));
    }

    private void silentTo(long sample) {
        if (sample > covered) {
            covered = sample;
            listener.silentTo(sample);
        }
    }

    private boolean onGrid(long frame) {
        return (frame + 1) % gridFrames == 0;
    }

    /** The middle of the quietest 100 ms among the last {@link #cutFrames}. */
    private long quietest(long frame) {
        long best = frame - cutFrames / 2;
        float bestLevel = Float.POSITIVE_INFINITY;
        for (long middle = frame - cutFrames + 3; middle <= frame - 2; middle++) {
            float sum = 0;
            for (long i = middle - 2; i <= middle + 2; i++) {
                sum += levels[(int) (i % CUT_FRAMES)];
            }
            if (sum < bestLevel) {
                bestLevel = sum;
                best = middle;
            }
        }
        return AudioTime.sampleOf(best);
    }
}
