package dev.earshot.api.feed;

import java.time.Duration;

/**
 * How patient a feed is and how much it remembers.
 *
 * @param heartbeat a comment is sent to every viewer this often
 * @param entriesKept newest entries of a watched meeting that are kept in memory
 * @param waitingLimit entries that may wait for one viewer before it must come back with its cursor
 * @param coolAfter a meeting that nobody watched for this long is forgotten
 * @param rereadPause how long to wait for a row that is not there yet; grows while nothing comes
 * @param holePatience how long the store may answer without a row that must be there; then viewers are told that it is
 *     missing, and what follows. Many times what a row takes to be written: a hole is for ever.
 */
public record LiveFeedConfig(
        Duration heartbeat,
        int entriesKept,
        int waitingLimit,
        Duration coolAfter,
        Duration rereadPause,
        Duration holePatience) {

    public static final LiveFeedConfig DEFAULTS = new LiveFeedConfig(
            Duration.ofSeconds(15), 2000, 5000, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofSeconds(30));
}
