package dev.earshot.asr.domain.whisper;

/**
 * Whether to believe a decoding, to try again at a higher temperature, or to take the window for silence.
 *
 * <p>Source: openai-whisper, {@code transcribe.py}, {@code decode_with_fallback}, with its defaults.
 */
public final class Belief {

    /** Temperatures of the attempts, in order. */
    static final float[] TEMPERATURES = {0, 0.2f, 0.4f, 0.6f, 0.8f, 1};

    private static final double LOOP_RATIO = 2.4;
    private static final double LOWEST_LOG_PROB = -1;
    private static final double SILENCE = 0.6;

    private Belief() {}

    /** The temperature of the n-th attempt, from 0 on. */
    public static float temperature(int attempt) {
        return TEMPERATURES[attempt];
    }

    /** How many attempts there are at most. */
    public static int attempts() {
        return TEMPERATURES.length;
    }

    /** Nobody speaks, and what was decoded is not likely either. */
    public static boolean isSilence(Attempt attempt) {
        return attempt.noSpeech() > SILENCE && attempt.meanLogProb() <= LOWEST_LOG_PROB;
    }

    /** It repeats itself, or is unlikely though somebody may speak. */
    public static boolean needsAnother(Attempt attempt) {
        return !isSilence(attempt) && (isLoop(attempt) || attempt.meanLogProb() < LOWEST_LOG_PROB);
    }

    /** It repeats itself more than speech does. */
    public static boolean isLoop(Attempt attempt) {
        return attempt.compressionRatio() > LOOP_RATIO;
    }
}
