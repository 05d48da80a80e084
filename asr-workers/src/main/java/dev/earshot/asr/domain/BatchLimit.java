package dev.earshot.asr.domain;

import java.time.Duration;

/**
 * How many windows may be decoded together, for a batch to take no longer than it may. What a window takes depends on model,
 * machine and length, and often hardly on its company, so it is found by trying: from one window on, twice as many while a full
 * batch takes less than half of the time, one more while it fits, half when it does not. Not thread-safe.
 */
public final class BatchLimit {

    private final int most;
    private final Duration time;
    private int size = 1;

    /**
     * @param most windows, however little they take
     * @param time what a batch of more than one may take
     */
    public BatchLimit(int most, Duration time) {
        this.most = most;
        this.time = time;
    }

    /** Windows that the next batch may have, at least 1. */
    public int size() {
        return size;
    }

    /** A batch has been decoded. */
    public void took(int windows, Duration duration) {
        if (duration.compareTo(time) > 0) {
            size = Math.max(1, windows / 2);
        } else if (windows >= size) {
            boolean isShort = duration.multipliedBy(2).compareTo(time) < 0;
            size = Math.min(most, isShort ? size * 2 : size + 1);
        }
    }
}
