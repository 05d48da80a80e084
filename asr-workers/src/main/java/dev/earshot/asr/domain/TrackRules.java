package dev.earshot.asr.domain;

/**
 * How a track is listened to.
 *
 * @param endpoint when utterances end
 * @param firstPartialMs speech heard before the first partial: 100..2000
 * @param partialIntervalMs audio between partials while an utterance is short: 100..5000; up to twice as much as it grows
 * @param pauseMs when the log has no chunk for so long, what was said has ended: 1000..600000
 */
public record TrackRules(EndpointRules endpoint, int firstPartialMs, int partialIntervalMs, int pauseMs) {

    public static final TrackRules DEFAULTS = new TrackRules(EndpointRules.DEFAULTS, 300, 500, 10_000);

    /** Longer utterances cost more to decode again: at 2 s of speech the default interval begins to grow, at 4 s it is doubled. */
    private static final int INTERVALS_PER_UTTERANCE = 4;

    public TrackRules {
        if (firstPartialMs < 100 || firstPartialMs > 2000) {
            throw new IllegalArgumentException("first partial: " + firstPartialMs + " ms (expected: 100..2000)");
        }
        if (partialIntervalMs < 100 || partialIntervalMs > 5000) {
            throw new IllegalArgumentException("partial interval: " + partialIntervalMs + " ms (expected: 100..5000)");
        }
        if (pauseMs < 1000 || pauseMs > 600_000) {
            throw new IllegalArgumentException("track idle: " + pauseMs + " ms (expected: 1000..600000)");
        }
    }

    /** Audio until the next partial of an utterance of which so many samples have been heard. */
    long partialIntervalSamples(long heardSamples) {
        long shortest = (long) partialIntervalMs * AudioTime.SAMPLES_PER_MS;
        return Math.max(shortest, Math.min(2 * shortest, heardSamples / INTERVALS_PER_UTTERANCE));
    }
}
