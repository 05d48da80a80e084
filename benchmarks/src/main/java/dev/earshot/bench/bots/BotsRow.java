package dev.earshot.bench.bots;

import dev.earshot.bench.JsonRow;
import java.util.Locale;

/**
 * What one run measured.
 *
 * @param bots bots in one meeting of three speakers
 * @param cpuCoresPerBot processor time of the fleet's process and its browsers and drivers, per second and bot
 * @param pssMegabytesPerBot memory of the same processes, shared pages by their share, per bot; the mean of one look a second
 * @param chunksMissing chunks that their tracks' numbering promises and that are not in Kafka, and tracks without an end
 * @param lostSeconds audio that capture lost, of all tracks
 * @param audioSeconds audio in Kafka, of all tracks
 * @param audioBytes what it takes up in the log
 */
public record BotsRow(
        int bots,
        double cpuCoresPerBot,
        double pssMegabytesPerBot,
        long chunksMissing,
        double lostSeconds,
        double audioSeconds,
        long audioBytes) {

    /** The heads of {@link #line}'s columns. */
    public static final String HEAD = String.format(
            "%4s  %9s  %10s  %14s  %12s  %18s",
            "bots", "cores/bot", "PSS/bot", "chunks missing", "audio lost", "log/track-hour");

    private double megabytesPerTrackHour() {
        return audioBytes / 1e6 / (audioSeconds / 3600);
    }

    /** The row as people read it. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%4d  %9.3f  %7.0f MB  %14d  %5.2f/%.0f s  %15.1f MB",
                bots,
                cpuCoresPerBot,
                pssMegabytesPerBot,
                chunksMissing,
                lostSeconds,
                audioSeconds,
                megabytesPerTrackHour());
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("bots", bots)
                .put("cpu_cores_per_bot", cpuCoresPerBot, 3)
                .put("pss_mb_per_bot", pssMegabytesPerBot, 1)
                .put("chunks_missing", chunksMissing)
                .put("audio_lost_s", lostSeconds, 2)
                .put("audio_mb_per_track_hour", megabytesPerTrackHour(), 2)
                .toString();
    }
}
