package dev.earshot.bench.latency;

import dev.earshot.bench.JsonRow;
import dev.earshot.standalone.report.Percentiles;
import java.util.Locale;

/**
 * What one run measured.
 *
 * @param tracks live tracks
 * @param firstPartialMs speech starts at capture → first text at the client
 * @param finalMs speech ends at capture → final text at the client, endpoint silence included
 * @param pipelineMs the last audio that a text needed was captured → text at the client, less the time it was decoded
 * @param finalToRowMs the last audio that a final needed was captured → its row was written
 * @param coverage audio that became text or is known to be silence, of all that was captured, 0..1
 * @param turns turns spoken and measured
 * @param missed turns of which no text, or no final, came
 * @param cores processor time used by everything in the process, per second
 */
public record LatencyRow(
        int tracks,
        Percentiles firstPartialMs,
        Percentiles finalMs,
        Percentiles pipelineMs,
        Percentiles finalToRowMs,
        double coverage,
        int turns,
        int missed,
        double cores) {

    /** The heads of {@link #line}'s columns. */
    public static final String HEAD = String.format(
            "%6s  %22s  %22s  %18s  %12s  %8s  %12s  %5s",
            "tracks",
            "first partial p50/p95",
            "final p50/p95",
            "pipeline p50/p99",
            "row p95",
            "coverage",
            "turns/missed",
            "cores");

    /** The row as people read it; durations in milliseconds. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%6d  %22s  %22s  %18s  %12s  %8.4f  %12s  %5.2f",
                tracks,
                pair(firstPartialMs, 50, 95),
                pair(finalMs, 50, 95),
                pair(pipelineMs, 50, 99),
                String.format(Locale.ROOT, "%.0f ms", finalToRowMs.at(95)),
                coverage,
                turns + "/" + missed,
                cores);
    }

    private static String pair(Percentiles measured, double lower, double upper) {
        return String.format(Locale.ROOT, "%.0f / %.0f ms", measured.at(lower), measured.at(upper));
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("tracks", tracks)
                .put("first_partial_ms_p50", firstPartialMs.at(50), 1)
                .put("first_partial_ms_p95", firstPartialMs.at(95), 1)
                .put("final_ms_p50", finalMs.at(50), 1)
                .put("final_ms_p95", finalMs.at(95), 1)
                .put("pipeline_ms_p99", pipelineMs.at(99), 1)
                .put("final_to_row_ms_p95", finalToRowMs.at(95), 1)
                .put("coverage", coverage, 4)
                .toString();
    }
}
