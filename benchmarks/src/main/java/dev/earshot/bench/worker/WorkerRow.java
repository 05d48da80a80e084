package dev.earshot.bench.worker;

import dev.earshot.bench.JsonRow;
import java.util.List;
import java.util.Locale;

/**
 * What one worker reached.
 *
 * @param ratios by round, at least one: time of a bare loop over the worker's own batches, per time that the worker took from
 *     the first chunk to the last word of a backlog
 * @param tracksPerCore live tracks that one core carries: reading, finding speech, partials and finals
 * @param rtfx seconds of audio per second, on a backlog
 * @param audioSeconds audio in the backlog
 * @param decodedSeconds audio decoded for it
 * @param windowsPerBatch windows decoded at a time, on average
 * @param busy share of the time in which the decoder decoded
 */
public record WorkerRow(
        List<Double> ratios,
        double tracksPerCore,
        double rtfx,
        double audioSeconds,
        double decodedSeconds,
        double windowsPerBatch,
        double busy) {

    public WorkerRow {
        ratios = ratios.stream().sorted().toList();
    }

    /** The median: a machine is slow now and then. */
    private double ratioToBare() {
        return ratios.get(ratios.size() / 2);
    }

    /** The row as people read it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "of a bare loop          %.0f %%  (median of %d rounds, %.0f to %.0f %%)%n"
                        + "live tracks a core      %.0f%n"
                        + "RTFx on a backlog       %.0f  (%.0f s of audio, %.0f s decoded, %.1f windows a batch,"
                        + " decoder busy %.0f %%)%n",
                100 * ratioToBare(),
                ratios.size(),
                100 * ratios.get(0),
                100 * ratios.get(ratios.size() - 1),
                tracksPerCore,
                rtfx,
                audioSeconds,
                decodedSeconds,
                windowsPerBatch,
                100 * busy);
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("ratio_to_bare", ratioToBare(), 3)
                .put("ratio_to_bare_min", ratios.get(0), 3)
                .put("ratio_to_bare_max", ratios.get(ratios.size() - 1), 3)
                .put("tracks_per_core", tracksPerCore, 0)
                .put("rtfx", rtfx, 1)
                .toString();
    }
}
