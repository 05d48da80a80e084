package dev.earshot.asr.domain;

/**
 * When an utterance ends.
 *
 * @param silenceMs this much silence ends it: 400..5000
 * @param longestMs it is cut at its quietest moment before it gets longer than this: 6000..30000
 */
public record EndpointRules(int silenceMs, int longestMs) {

    /** Half a pause between sentences, and short enough for a model with a 30 s window. */
    public static final EndpointRules DEFAULTS = new EndpointRules(600, 15_000);

    public EndpointRules {
        if (silenceMs < 400 || silenceMs > 5000) {
            throw new IllegalArgumentException("endpoint silence: " + silenceMs + " ms (expected: 400..5000)");
        }
        if (longestMs < 6000 || longestMs > 30_000) {
            throw new IllegalArgumentException("longest utterance: " + longestMs + " ms (expected: 6000..30000)");
        }
    }

    int silenceFrames() {
        return AudioTime.frames(silenceMs);
    }

    /**
     * Long utterances are cut on the absolute grid of this many frames, those that are at least half of it old. So the
     * longest is one and a half of it, and where a cut lies does not depend on how the utterance began.
     */
    int gridFrames() {
        return AudioTime.frames(longestMs) * 2 / 3;
    }
}
