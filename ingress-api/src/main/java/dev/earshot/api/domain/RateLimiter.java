package dev.earshot.api.domain;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets everybody do so much per minute, all of it at once if they like. What a minute's budget has left grows back evenly.
 * Thread-safe. Source: the generic cell rate algorithm, ITU-T I.371, with a minute's tolerance: one number per caller.
 */
public final class RateLimiter {

    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Callers whose budget is whole again are forgotten after so many calls. */
    private static final int SWEEP_EVERY = 10_000;

    /**
     * What a caller may do.
     *
     * @param remaining how many more calls may follow at once
     * @param retryAfterSeconds when the next call may come; 0 when this one was allowed
     */
    public record Verdict(boolean allowed, int remaining, long retryAfterSeconds) {}

    private final int perMinute;
    private final long costNanos;

    /** By caller: when the budget will be whole again, nanoseconds. */
    private final ConcurrentHashMap<String, Long> wholeAt = new ConcurrentHashMap<>();

    private final AtomicInteger calls = new AtomicInteger();

    /**
     * A limiter with nobody's budget touched.
     *
     * @param perMinute at least 1
     */
    public RateLimiter(int perMinute) {
        if (perMinute < 1) {
            throw new IllegalArgumentException("perMinute: " + perMinute + " (expected: at least 1)");
        }
        this.perMinute = perMinute;
        this.costNanos = MINUTE_NANOS / perMinute;
    }

    public int perMinute() {
        return perMinute;
    }

    /**
     * Counts a call, unless it is refused.
     *
     * @param nowNanos of a clock that never goes back, such as {@link System#nanoTime}
     */
    public Verdict call(String caller, long nowNanos) {
        if (calls.incrementAndGet() % SWEEP_EVERY == 0) {
            wholeAt.values().removeIf(whole -> whole - nowNanos <= 0);
        }
        var verdict = new Verdict[1];
        wholeAt.compute(caller, (key, before) -> {
            verdict[0] = verdict(before, nowNanos);
            long from = from(before, nowNanos);
            return verdict[0].allowed ? from + costNanos : from;
        });
        return verdict[0];
    }

    /** What {@link #call} would say now; counts nothing. */
    public Verdict look(String caller, long nowNanos) {
        return verdict(wholeAt.get(caller), nowNanos);
    }

    private Verdict verdict(@Nullable Long wholeAt, long nowNanos) {
        long left = MINUTE_NANOS - (from(wholeAt, nowNanos) + costNanos - nowNanos);
        return left < 0
                ? new Verdict(false, 0, (-left + SECOND_NANOS - 1) / SECOND_NANOS)
                : new Verdict(true, (int) (left / costNanos), 0);
    }

    private static long from(@Nullable Long wholeAt, long nowNanos) {
        return wholeAt == null || wholeAt - nowNanos < 0 ? nowNanos : wholeAt;
    }
}
