package dev.earshot.bench.fanout;

/** Millions of durations, kept as counts of tenths of a millisecond up to two minutes. Not thread-safe. */
final class DeliveryTimes {

    private static final int BUCKET_MICROS = 100;
    private static final int BUCKETS = 1_200_000;

    private final int[] counts = new int[BUCKETS];
    private long count;

    void add(long micros) {
        counts[(int) Math.max(0, Math.min(BUCKETS - 1, micros / BUCKET_MICROS))]++;
        count++;
    }

    long count() {
        return count;
    }

    /** Milliseconds that so many per cent took at most; NaN when there is nothing. */
    double at(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(percent / 100 * count));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return (bucket + 1) * BUCKET_MICROS / 1000.0;
            }
        }
        return Double.NaN;
    }
}
