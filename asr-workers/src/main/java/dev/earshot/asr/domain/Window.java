package dev.earshot.asr.domain;

/**
 * The samples a recogniser sees at once: 16 kHz mono in [-1, 1]. The array is handed over: neither side changes it any more.
 */
public record Window(float[] samples) {

    /** Seconds of audio. */
    public double seconds() {
        return (double) samples.length / AudioTime.SAMPLE_RATE_HZ;
    }
}
