package dev.earshot.bench.sink;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What an aggregator has done since its process began.
 *
 * @param cpuNanos processor time of its process
 * @param compilerNanos of its compiler threads
 * @param busyNanos from the first decision after the last launch to the last write
 * @param segments decided
 * @param rows committed
 * @param statements they took
 * @param written records, to the live view
 */
record Counts(
        long cpuNanos, long compilerNanos, long busyNanos, long segments, long rows, long statements, long written) {

    /** As one line between two processes. */
    String line() {
        return LongStream.of(cpuNanos, compilerNanos, busyNanos, segments, rows, statements, written)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Counts parse(String line) {
        long[] values =
                Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Counts(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    /** Processor time that went into the work itself. */
    long workNanos() {
        return cpuNanos - compilerNanos;
    }
}
