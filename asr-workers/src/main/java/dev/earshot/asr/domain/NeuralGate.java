package dev.earshot.asr.domain;

import java.util.Arrays;
import java.util.List;

/**
 * Tells speech from silence by what a neural detector says of windows of 32 ms, which is asked for many tracks at a time:
 * {@link #next} has the windows that wait, whoever has them answered calls {@link #answered}, and only when none is left may
 * {@link #frame} go on.
 *
 * <p>A recurrent detector remembers for ever. So that two workers that begin at different places agree, its memory begins
 * anew on an absolute grid of {@value #CELL} windows (4 s), each time with a run-up of {@value #RUN_UP} windows (1 s) during
 * which the old memory still answers.
 */
public final class NeuralGate implements SpeechGate {

    /** Silero's own: speech begins at a half, and goes on while it is likelier than 0.35. */
    private static final float BEGINS = 0.5f;

    private static final float GOES_ON = 0.35f;
    /** How long unsure windows may carry on what a sure one began: 500 ms. */
    private static final int CARRIED_FRAMES = 25;

    private static final int CELL = 125;
    private static final int RUN_UP = 31;
    private static final int WINDOW = SpeechWindow.SAMPLES;
    private static final int CONTEXT = SpeechWindow.CONTEXT;
    private static final int WARM_UP_FRAMES =
            (CELL + RUN_UP + 1) * WINDOW / AudioTime.FRAME_SAMPLES + 1 + CARRIED_FRAMES;

    private final SpeechWindow[] looks = {new SpeechWindow(), new SpeechWindow()};
    private short[] audio = new short[0];
    private long audioStart;
    private int audioLength;
    private long nextWindow;
    private long nextFrame;
    private long lastSure;
    private boolean runningUp;
    /** By window, from {@link #firstProbability} on. */
    private float[] probabilities = new float[64];

    private long firstProbability;
    private float level;

    @Override
    public int warmUpFrames() {
        return WARM_UP_FRAMES;
    }

    @Override
    public void restart(long sample) {
        // What was before is silence to the detector, as before the beginning of everything.
        audioStart = sample - CONTEXT;
        audio = new short[0];
        audioLength = 0;
        append(new short[CONTEXT], 0, CONTEXT);
        nextWindow = -Math.floorDiv(-sample, WINDOW);
        firstProbability = nextWindow;
        nextFrame = AudioTime.firstFrameFrom(sample);
        lastSure = Long.MIN_VALUE / 2;
        runningUp = false;
        looks[0].begin();
    }

    @Override
    public void hear(short[] samples, int offset, int count) {
        append(samples, offset, count);
    }

    /** The windows that are to be answered next: none, one, or in a run-up two. They stay this gate's. */
    public List<SpeechWindow> next() {
        if ((nextWindow + 1) * WINDOW > audioStart + audioLength) {
            return List.of();
        }
        if (Math.floorMod(nextWindow, CELL) == 0 && runningUp) {
            runningUp = false;
            SpeechWindow old = looks[0];
            looks[0] = looks[1];
            looks[1] = old;
        } else if (Math.floorMod(nextWindow, CELL) == CELL - RUN_UP) {
            runningUp = true;
            looks[1].begin();
        }
        int offset = (int) (nextWindow * WINDOW - CONTEXT - audioStart);
        looks[0].fill(audio, offset);
        if (!runningUp) {
            return List.of(looks[0]);
        }
        looks[1].fill(audio, offset);
        return List.of(looks[0], looks[1]);
    }

    /** The windows of {@link #next} are answered. */
    public void answered() {
        int at = (int) (nextWindow - firstProbability);
        if (at == probabilities.length) {
            probabilities = Arrays.copyOf(probabilities, at * 2);
        }
        probabilities[at] = looks[0].probability();
        nextWindow++;
    }

    /** Decides by the last window that has ended when the frame ends. */
    @Override
    public boolean frame(short[] samples, int offset) {
        level = Levels.of(samples, offset);
        long frame = nextFrame++;
        long window = AudioTime.sampleOf(frame + 1) / WINDOW - 1;
        float speech = window < firstProbability ? 0 : probabilities[(int) (window - firstProbability)];
        forget(window);
        if (speech >= BEGINS) {
            lastSure = frame;
        }
        return speech >= BEGINS || speech >= GOES_ON && frame - lastSure <= CARRIED_FRAMES;
    }

    @Override
    public float level() {
        return level;
    }

    /** Drops what no later frame and no later window asks for. */
    private void forget(long window) {
        int spent = (int) Math.max(0, window - firstProbability);
        if (spent >= probabilities.length / 2) {
            System.arraycopy(probabilities, spent, probabilities, 0, probabilities.length - spent);
            firstProbability += spent;
        }
    }

    private void append(short[] samples, int offset, int count) {
        int drop = (int) Math.max(0, Math.min(audioLength, nextWindow * WINDOW - CONTEXT - audioStart));
        if (audioLength - drop + count > audio.length) {
            audio = Arrays.copyOf(audio, Math.max(2 * audio.length, audioLength + count));
        }
        System.arraycopy(audio, drop, audio, 0, audioLength - drop);
        System.arraycopy(samples, offset, audio, audioLength - drop, count);
        audioStart += drop;
        audioLength += count - drop;
    }
}
