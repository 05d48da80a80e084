package dev.earshot.bench.sink;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What an aggregator has done since its process began.
 *
 * @param cpuNanos processor time of its process
 * @param busyNanos from the first decision after the last launch to the last write
 * @param segments decided
 * @param rows committed
 * @param statements they took
 * @param shown decisions about what viewers see
 * @param written of them, to the live view
 */
record Counts(long cpuNanos, long busyNanos, long segments, long rows, long statements, long shown, long written) {

    /** As one line between two processes. */
    String line() {
        return LongStream.of(cpuNanos, busyNanos, segments, rows, statements, shown, written)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Counts parse(String line) {
        long[] values =
                Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Counts(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    /** Whether so many segments are where they belong. */
    boolean isDone(long expected) {
        return rows >= expected && written >= shown;
    }
}
