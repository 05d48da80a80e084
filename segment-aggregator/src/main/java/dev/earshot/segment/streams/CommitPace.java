package dev.earshot.segment.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Ends the transaction soon after something happened, unless that is old: who reads a backlog commits in its own time, in a
 * fraction of the requests, and nobody notices. Not thread-safe.
 */
final class CommitPace {

    /** Who hears of something so much later is behind, and is so for as long again. */
    private static final long BEHIND_MS = 1_000;

    private final ProcessorContext<?, ?> context;
    private final Duration interval;
    private long behindUntilMs = Long.MIN_VALUE;
    private @Nullable Cancellable asked;

    /** @param interval from something that happens to the end of its transaction */
    CommitPace(ProcessorContext<?, ?> context, Duration interval) {
        this.context = context;
        this.interval = interval;
    }

    /**
     * A record was read.
     *
     * @param atMs when it was written
     */
    void heard(long atMs, long nowMs) {
        if (nowMs - atMs > BEHIND_MS) {
            behindUntilMs = nowMs + BEHIND_MS;
        }
        decided(nowMs);
    }

    /** There is something to commit. */
    void decided(long nowMs) {
        if (asked == null && nowMs >= behindUntilMs) {
            asked = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::commit);
        }
    }

    private void commit(long nowMs) {
        if (asked != null) {
            asked.cancel();
            asked = null;
        }
        context.commit();
    }
}
