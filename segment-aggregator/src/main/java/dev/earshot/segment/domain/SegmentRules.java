package dev.earshot.segment.domain;

import java.time.Duration;

/**
 * How long the fold waits, wall clock.
 *
 * @param immutabilityWindow from a final to its confirmation: late speaker events and a second pass can still land
 * @param immutabilityThreshold from the worker's going past an utterance that never gets its final to its confirmation
 * @param patience for audio that nobody accounts for: from the last revision of an utterance that the worker never went past to
 *     its confirmation, and from the last sign of life of a session that has ended to the end of waiting for the rest of it
 * @param abandonedAfter from the last sign of life of a session that never said that it ended to its end
 */
public record SegmentRules(
        Duration immutabilityWindow, Duration immutabilityThreshold, Duration patience, Duration abandonedAfter) {

    /** 2 s, 30 s, 5 min, 6 h. */
    public static final SegmentRules DEFAULTS =
            new SegmentRules(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(6));

    public SegmentRules {
        requirePositive("immutabilityThreshold", immutabilityThreshold);
        requirePositive("patience", patience);
        requirePositive("abandonedAfter", abandonedAfter);
        if (immutabilityWindow.isNegative()) {
            throw new IllegalArgumentException("immutabilityWindow: " + immutabilityWindow + " (expected: 0 or more)");
        }
    }

    /** For the final of an utterance whose worker is silent. */
    Duration longestWait() {
        return patience.compareTo(immutabilityThreshold) > 0 ? patience : immutabilityThreshold;
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
