package dev.earshot.bot.domain;

import java.time.Duration;

/**
 * How long a bot waits for what.
 *
 * @param join from opening the page to the waiting room or the meeting
 * @param admission in the waiting room
 * @param alone in the meeting after the last other participant has left
 * @param nobodyCame in the meeting when there never was another participant
 * @param total from opening the page, whatever happens
 */
public record StayRules(Duration join, Duration admission, Duration alone, Duration nobodyCame, Duration total) {

    /** What users of such systems expect when they do not say: patient in the waiting room and when left alone. */
    public static final StayRules DEFAULTS = new StayRules(
            Duration.ofSeconds(90),
            Duration.ofMinutes(15),
            Duration.ofMinutes(15),
            Duration.ofMinutes(2),
            Duration.ofHours(2));

    public StayRules {
        requirePositive(join, "join");
        requirePositive(admission, "admission");
        requirePositive(alone, "alone");
        requirePositive(nobodyCame, "nobodyCame");
        requirePositive(total, "total");
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: more than nothing)");
        }
    }
}
