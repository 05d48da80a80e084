package dev.earshot.asr.domain;

/**
 * How a track is listened to.
 *
 * @param endpoint when utterances end
 * @param firstPartialMs speech heard before the first partial: 100..2000
 * @param partialIntervalMs audio between partials: 100..5000
 */
public record TrackRules(EndpointRules endpoint, int firstPartialMs, int partialIntervalMs) {

    public static final TrackRules DEFAULTS = new TrackRules(EndpointRules.DEFAULTS, 300, 500);

    public TrackRules {
        if (firstPartialMs < 100 || firstPartialMs > 2000) {
            throw new IllegalArgumentException("first partial: " + firstPartialMs + " ms (expected: 100..2000)");
        }
        if (partialIntervalMs < 100 || partialIntervalMs > 5000) {
            throw new IllegalArgumentException("partial interval: " + partialIntervalMs + " ms (expected: 100..5000)");
        }
    }
}
