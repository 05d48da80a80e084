package dev.earshot.bench.endurance;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a worker's process holds and has done so far, at one moment after a full collection.
 *
 * @param rssBytes memory of the process that is in use, heap and native
 * @param heapBytes of live objects
 * @param directBytes of direct buffers
 * @param tracks listened to now
 * @param lagMs age of the newest audio heard of the track that waits longest
 * @param decodedMs audio decoded so far, in milliseconds; what was decoded twice counts twice
 * @param cpuNanos processor time so far
 */
record Memory(long rssBytes, long heapBytes, long directBytes, long tracks, long lagMs, long decodedMs, long cpuNanos) {

    /** As one line between two processes. */
    String line() {
        return LongStream.of(rssBytes, heapBytes, directBytes, tracks, lagMs, decodedMs, cpuNanos)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Memory parse(String line) {
        long[] values =
                Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Memory(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
