package dev.earshot.asr.domain;

/**
 * How a track is listened to.
 *
 * @param endpoint when utterances end
 * @param firstPartialMs speech heard before the first partial: 100..2000
 * @param partialIntervalMs audio between partials: 100..5000
 * @param pauseMs when the log has no chunk for so long, what was said has ended: 1000..600000
 */
public record TrackRules(EndpointRules endpoint, int firstPartialMs, int partialIntervalMs, int pauseMs) {

    public static final TrackRules DEFAULTS = new TrackRules(EndpointRules.DEFAULTS, 300, 500, 10_000);

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
}
