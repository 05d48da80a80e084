package dev.earshot.standalone.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured durations in milliseconds. Thread-safe. Percentiles are exact: the nearest rank of the sorted values. */
public final class Percentiles {

    private final List<Double> values = Collections.synchronizedList(new ArrayList<>());

    /** Adds one measurement. */
    public void add(double milliseconds) {
        values.add(milliseconds);
    }

    /** How many measurements there are. */
    public int count() {
        return values.size();
    }

    /**
     * The value below or at which so many per cent of the measurements lie; NaN when there is none.
     *
     * @param percent above 0, up to 100
     */
    public double at(double percent) {
        List<Double> sorted;
        synchronized (values) {
            sorted = new ArrayList<>(values);
        }
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }
}
