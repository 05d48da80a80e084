package dev.earshot.bench.latency;

import dev.earshot.bench.Product;
import dev.earshot.bench.ProgressBar;
import dev.earshot.standalone.report.Percentiles;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One measurement: so many tracks for so long, each in a meeting of its own with a client of its own. */
public final class LatencyRun {

    /** What comes before the compiler has seen the hot code says nothing about the product. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Product product;
    private final int tracks;
    private final Duration length;
    private final SpeechLoop speech = SpeechLoop.ofDemo();
    private final Percentiles pipelineMs = new Percentiles();
    private final List<Long> meetings = new ArrayList<>();
    private final List<MeetingEar> ears = new ArrayList<>();

    public LatencyRun(Product product, int tracks, Duration length) {
        this.product = product;
        this.tracks = tracks;
        this.length = length;
    }

    /** Feeds, listens and measures. Blocking; ends early when interrupted. */
    public LatencyRow measure() throws InterruptedException, SQLException {
        Instant countFrom = Instant.now().plus(WARM_UP);
        for (int i = 0; i < tracks; i++) {
            long meetingId = product.newMeeting("bench-%d-%d".formatted(countFrom.getEpochSecond(), i));
            meetings.add(meetingId);
            ears.add(new MeetingEar(product.api(), meetingId, pipelineMs, countFrom));
        }
        try (LiveTracks live = LiveTracks.start(product.log(), speech, meetings)) {
            double cores = feed(live);
            live.end();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (MeetingEar ear : ears) {
                ear.awaitComplete(deadline);
            }
            return row(live.tracks(), countFrom, cores);
        } finally {
            ears.forEach(MeetingEar::close);
        }
    }

    /** Returns the processor time used per second. */
    private double feed(LiveTracks live) throws InterruptedException {
        var bar = new ProgressBar(tracks + (tracks == 1 ? " track" : " tracks"));
        Duration whole = WARM_UP.plus(length);
        live.run(WARM_UP, done -> bar.show(done, whole, "warming up"));
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        live.run(length, done -> bar.show(WARM_UP.plus(done), whole, pipelineMs.count() + " texts"));
        bar.end();
        return (double) (cpuNanos() - cpuStart) / (System.nanoTime() - start);
    }

    private LatencyRow row(List<PacedTrack> spoken, Instant countFrom, double cores)
            throws SQLException, InterruptedException {
        var firstPartialMs = new Percentiles();
        var finalMs = new Percentiles();
        int turns = 0;
        int missed = 0;
        for (int i = 0; i < tracks; i++) {
            PacedTrack track = spoken.get(i);
            for (SpeechLoop.Span turn : track.turns()) {
                Instant startedAt = track.capturedAt(turn.start());
                if (startedAt.isBefore(countFrom)) {
                    continue;
                }
                turns++;
                TurnTimes times = TurnTimes.of(turn, ears.get(i).heard());
                boolean began = add(firstPartialMs, times.firstTextAt(), startedAt);
                boolean ended = add(finalMs, times.finalAt(), track.capturedAt(turn.end()));
                missed += began && ended ? 0 : 1;
            }
        }
        try (var rows = new StoredRows(product.databaseUrl(), meetings)) {
            awaitRows(rows);
            Percentiles finalToRowMs = MeetingEar.finalToRow(ears, rows.writtenAt(), countFrom);
            return new LatencyRow(
                    tracks, firstPartialMs, finalMs, pipelineMs, finalToRowMs, rows.coverage(), turns, missed, cores);
        }
    }

    private static boolean add(Percentiles durations, OptionalLong atMicros, Instant since) {
        atMicros.ifPresent(at -> durations.add((at - MeetingEar.micros(since)) / 1000.0));
        return atMicros.isPresent();
    }

    private void awaitRows(StoredRows rows) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (rows.completeSessions() < tracks && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }
}
