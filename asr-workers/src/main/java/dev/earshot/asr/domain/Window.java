package dev.earshot.asr.domain;

import org.jspecify.annotations.Nullable;

/**
 * The samples a recogniser sees at once: 16 kHz mono in [-1, 1]. The array is handed over: neither side changes it any more.
 *
 * @param language what somebody who knows says is spoken, as {@code de} or {@code de-AT}; null when nobody said
 */
public record Window(float[] samples, @Nullable String language) {

    /** A window of which nobody said what is spoken. */
    public Window(float[] samples) {
        this(samples, null);
    }

    /** The same samples, spoken in a language. */
    public Window in(@Nullable String spoken) {
        return new Window(samples, spoken);
    }

    /** Seconds of audio. */
    public double seconds() {
        return (double) samples.length / AudioTime.SAMPLE_RATE_HZ;
    }
}
