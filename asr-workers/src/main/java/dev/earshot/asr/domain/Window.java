package dev.earshot.asr.domain;

/**
 * The samples a recogniser sees at once: 16 kHz mono in [-1, 1]. The array is handed over: neither side changes it any more.
 *
 * @param options what was asked for
 */
public record Window(float[] samples, DecodingOptions options) {

    /** A window of which nothing was asked. */
    public Window(float[] samples) {
        this(samples, DecodingOptions.NONE);
    }

    /** The same samples, to be decoded as was asked for. */
    public Window with(DecodingOptions asked) {
        return new Window(samples, asked);
    }

    /** Seconds of audio. */
    public double seconds() {
        return (double) samples.length / AudioTime.SAMPLE_RATE_HZ;
    }
}
