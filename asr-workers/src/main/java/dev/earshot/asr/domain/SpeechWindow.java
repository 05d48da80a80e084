package dev.earshot.asr.domain;

import java.util.Arrays;

/**
 * One look of a neural voice detector at one track: {@value #SAMPLES} new samples behind the {@value #CONTEXT} before them, and
 * what the detector remembers of the track. Filled in by a {@link dev.earshot.asr.domain.NeuralGate}, answered by a detector.
 */
public final class SpeechWindow {

    /** New samples, 32 ms. */
    public static final int SAMPLES = 512;
    /** Without these samples before the new ones Silero hears no speech at all. */
    public static final int CONTEXT = 64;
    /** Values of the detector's memory: two layers of 128. */
    public static final int STATE = 2 * 128;

    private static final float FULL_SCALE = 32768f;

    private final float[] samples = new float[CONTEXT + SAMPLES];
    private final float[] state = new float[STATE];
    private float probability;

    /** Context and new samples in [-1, 1]: {@value #CONTEXT} and {@value #SAMPLES} values. */
    public float[] samples() {
        return samples;
    }

    /** The memory before this window; the detector puts the memory behind it here. {@value #STATE} values. */
    public float[] state() {
        return state;
    }

    /** The answer: how likely somebody speaks, 0..1. */
    public void answer(float speech) {
        probability = speech;
    }

    /** How likely somebody speaks, as answered: 0..1. */
    public float probability() {
        return probability;
    }

    void begin() {
        Arrays.fill(state, 0);
    }

    void fill(short[] from, int offset) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = from[offset + i] / FULL_SCALE;
        }
    }
}
