package dev.earshot.api.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * How long a row that must be there has been waited for. Only rounds in which the store answered count: while it is away,
 * nothing can be said about its rows. Not thread-safe.
 */
final class RowPatience {

    /** What the pause may grow to, in first pauses: many may wait for the same row. */
    private static final long LONGEST_PAUSE = 5;

    private final LiveFeedConfig config;
    private final Scheduler scheduler;
    private long emptyRounds;
    private long sinceMs;

    RowPatience(LiveFeedConfig config, Scheduler scheduler) {
        this.config = config;
        this.scheduler = scheduler;
    }

    /** Something came: the wait for the next row begins anew. */
    void renew() {
        emptyRounds = 0;
    }

    /** Counts a round that brought nothing; true when that was the last one to wait for. */
    boolean isOverNow() {
        long now = scheduler.now(TimeUnit.MILLISECONDS);
        if (emptyRounds++ == 0) {
            sinceMs = now;
        }
        return now - sinceMs >= config.holePatience().toMillis();
    }

    /** How long to wait before the next round. */
    Duration pause() {
        return config.rereadPause().multipliedBy(Math.max(1, Math.min(emptyRounds, LONGEST_PAUSE)));
    }
}
