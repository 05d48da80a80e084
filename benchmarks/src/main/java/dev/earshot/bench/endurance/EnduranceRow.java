package dev.earshot.bench.endurance;

import dev.earshot.bench.JsonRow;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * How a worker's memory went.
 *
 * @param tracks live at any time
 * @param minutes measured, without the warm-up
 * @param rssMb memory of the process, all of the heap in it from the start
 * @param heapMb of live objects, after a collection
 * @param directMb of direct buffers
 * @param highestLagMs age of the newest audio heard, of the track that waited longest, at worst
 * @param cores processor time of the process, per second
 */
public record EnduranceRow(
        int tracks, double minutes, Trend rssMb, Trend heapMb, Trend directMb, long highestLagMs, double cores) {

    private static final double MEBIBYTE = 1 << 20;

    /**
     * A moment of the run.
     *
     * @param seconds since it began
     */
    record Sample(double seconds, Memory memory) {}

    /** What the samples come to; the first two are the least that says anything. */
    static EnduranceRow of(int tracks, List<Sample> samples) {
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        double seconds = last.seconds() - first.seconds();
        return new EnduranceRow(
                tracks,
                seconds / 60,
                trend(samples, Memory::rssBytes),
                trend(samples, Memory::heapBytes),
                trend(samples, Memory::directBytes),
                samples.stream().mapToLong(each -> each.memory().lagMs()).max().orElse(0),
                (last.memory().cpuNanos() - first.memory().cpuNanos()) / 1e9 / seconds);
    }

    private static Trend trend(List<Sample> samples, ToLongFunction<Memory> bytes) {
        return Trend.of(samples.stream()
                .map(each -> new Trend.Point(each.seconds() / 3600, bytes.applyAsLong(each.memory()) / MEBIBYTE))
                .toList());
    }

    /** The row as people read it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%d tracks, %.1f minutes, %.2f cores, at most %d ms behind%n  process  %s%n  heap     %s%n  direct   %s%n",
                tracks,
                minutes,
                cores,
                highestLagMs,
                text(rssMb),
                text(heapMb),
                text(directMb));
    }

    private static String text(Trend mb) {
        return String.format(
                Locale.ROOT, "%7.1f MB → %7.1f MB, %+7.2f MB an hour", mb.first(), mb.last(), mb.perHour());
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("tracks", tracks)
                .put("minutes", minutes, 1)
                .put("rss_mb", rssMb.last(), 1)
                .put("rss_mb_per_hour", rssMb.perHour(), 2)
                .put("heap_mb", heapMb.last(), 1)
                .put("heap_mb_per_hour", heapMb.perHour(), 2)
                .put("direct_mb", directMb.last(), 1)
                .put("lag_ms_max", highestLagMs)
                .put("cores", cores, 2)
                .toString();
    }
}
