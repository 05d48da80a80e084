package dev.earshot.bench.fanout;

import dev.earshot.bench.JsonRow;
import java.util.Locale;

/**
 * What one meeting with many viewers reached.
 *
 * @param result a record was given to Kafka → its event was read by a viewer
 * @param seconds how long was measured
 * @param openSeconds until all feeds were open
 * @param serverCores processor time of the process with the API and all servers but Postgres and Redis, per second
 * @param viewerCores processor time of the viewers, per second
 */
public record FanoutRow(
        int viewers,
        ViewersProcess.Result result,
        double seconds,
        double openSeconds,
        double serverCores,
        double viewerCores) {

    public static final String HEAD =
            "viewers   p50 ms   p95 ms   p99 ms   max ms    lost   events/s   server cores   viewers' cores   opened in s";

    /** The row as people read it, under {@link #HEAD}. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%7d %8.1f %8.1f %8.1f %8.1f %7d %10.0f %14.2f %16.2f %13.1f",
                viewers,
                result.p50(),
                result.p95(),
                result.p99(),
                result.max(),
                result.lost(),
                result.deliveries() / seconds,
                serverCores,
                viewerCores,
                openSeconds);
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("viewers", viewers)
                .put("delivered_ms_p99", result.p99(), 1)
                .put("lost", result.lost())
                .put("delivered_ms_p50", result.p50(), 1)
                .put("server_cores", serverCores, 2)
                .toString();
    }
}
