package dev.earshot.bench.sink;

import dev.earshot.bench.JsonRow;
import dev.earshot.segment.postgres.PostgresSink;
import dev.earshot.standalone.report.Percentiles;
import java.util.Locale;

/**
 * What the aggregator and its sinks reached.
 *
 * @param segments in the backlog, one final each
 * @param meetings they belong to
 * @param seconds from the first decision to the last write, less the immutability window
 * @param cpuSeconds processor time of the aggregator's process meanwhile
 * @param statements to Postgres
 * @param ratioToBare to the segments a CPU-second of Kafka alone: as many records of about the same sizes, and nothing else
 * @param finalToRowMs a final is on its topic → its row was written, the immutability window included
 * @param hypothesisToFrameMs a hypothesis is about to go to its topic → its frame is at an SSE client
 */
public record SinkRow(
        int segments,
        int meetings,
        double seconds,
        double cpuSeconds,
        long statements,
        double ratioToBare,
        Percentiles finalToRowMs,
        Percentiles hypothesisToFrameMs) {

    /** The row as people read it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "segments a second             %.0f%n"
                        + "segments a CPU-second         %.0f  (%d segments of %d meetings, one final each;"
                        + " %.1f rows a statement, at most %d; %d connections to Postgres, one to Redis)%n"
                        + "of Kafka alone                %.0f %%%n"
                        + "final to row, p50/p95         %.0f / %.0f ms  (immutability window included)%n"
                        + "hypothesis to frame, p50/p95  %.1f / %.1f ms  (%d frames)%n",
                segments / seconds,
                segments / cpuSeconds,
                segments,
                meetings,
                rowsPerStatement(),
                PostgresSink.BATCH_SIZE,
                PostgresSink.CONNECTIONS,
                100 * ratioToBare,
                finalToRowMs.at(50),
                finalToRowMs.at(95),
                hypothesisToFrameMs.at(50),
                hypothesisToFrameMs.at(95),
                hypothesisToFrameMs.count());
    }

    private double rowsPerStatement() {
        return (double) segments / Math.max(1, statements);
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("segments_per_s", segments / seconds, 0)
                .put("segments_per_cpu_s", segments / cpuSeconds, 0)
                .put("ratio_to_bare", ratioToBare, 3)
                .put("final_to_row_ms_p95", finalToRowMs.at(95), 1)
                .put("hypothesis_to_frame_ms_p95", hypothesisToFrameMs.at(95), 1)
                .put("rows_per_statement", rowsPerStatement(), 1)
                .put("batch_max", PostgresSink.BATCH_SIZE)
                .put("connections", PostgresSink.CONNECTIONS)
                .toString();
    }
}
