package dev.earshot.bench.latency;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.bench.Product;
import dev.earshot.bench.ProgressBar;
import dev.earshot.standalone.report.Percentiles;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One measurement: so many tracks for so long, each in a meeting of its own with a client of its own. */
public final class LatencyRun {

    /** What comes before the compiler has seen the hot code says nothing about the product. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHOW_EVERY = Duration.ofMillis(250);
    private static final int FEEDERS = 2;

    private final Product product;
    private final int tracks;
    private final Duration length;
    private final SpeechLoop speech = SpeechLoop.ofDemo();
    private final Percentiles pipelineMs = new Percentiles();
    private final List<Live> live = new ArrayList<>();
    private final AtomicReference<Throwable> feedFailure = new AtomicReference<>();

    /** A track, its meeting and its client. */
    private record Live(long meetingId, PacedTrack track, MeetingEar ear) {}

    public LatencyRun(Product product, int tracks, Duration length) {
        this.product = product;
        this.tracks = tracks;
        this.length = length;
    }

    /** Feeds, listens and measures. Blocking; ends early when interrupted. */
    public LatencyRow measure() throws InterruptedException, TimeoutException, SQLException {
        ScheduledExecutorService feeders = Executors.newScheduledThreadPool(FEEDERS);
        try {
            Instant countFrom = Instant.now().plus(WARM_UP);
            start(countFrom);
            double cores = feed(feeders);
            feeders.shutdown();
            if (!feeders.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new TimeoutException("the feeders did not end");
            }
            for (Live one : live) {
                one.track().end();
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (Live one : live) {
                one.ear().awaitComplete(deadline);
            }
            return row(countFrom, cores);
        } finally {
            feeders.shutdownNow();
            live.forEach(one -> one.ear().close());
        }
    }

    private void start(Instant countFrom) {
        var publisher = AudioPublisher.on(product.log());
        for (int i = 0; i < tracks; i++) {
            long meetingId = product.newMeeting(
                    "bench-%d-%d".formatted(System.currentTimeMillis() % 1_000_000, i));
            var ear = new MeetingEar(product.api(), meetingId, pipelineMs, countFrom);
            // Spread over the loop, so that all do not begin to speak at once.
            long phase = (long) i * speech.length() / tracks;
            live.add(new Live(
                    meetingId, PacedTrack.start(product.log(), publisher, meetingId, speech, phase), ear));
        }
    }

    /** Returns the processor time used per second. */
    private double feed(ScheduledExecutorService feeders) throws InterruptedException {
        long burstNanos = PacedTrack.BURST.toNanos();
        List<Future<?>> feeding = new ArrayList<>();
        for (int i = 0; i < live.size(); i++) {
            PacedTrack track = live.get(i).track();
            feeding.add(feeders.scheduleAtFixedRate(
                    () -> tick(track), burstNanos * i / live.size(), burstNanos, TimeUnit.NANOSECONDS));
        }
        var bar = new ProgressBar(tracks + (tracks == 1 ? " track" : " tracks"));
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        Duration whole = WARM_UP.plus(length);
        for (Duration done = Duration.ZERO; done.compareTo(whole) < 0; done = Duration.ofNanos(System.nanoTime() - start)) {
            Throwable failure = feedFailure.get();
            if (failure != null) {
                throw new IllegalStateException("a track could not be fed: " + failure, failure);
            }
            bar.show(done, whole, pipelineMs.count() + " texts");
            TimeUnit.MILLISECONDS.sleep(SHOW_EVERY.toMillis());
        }
        bar.end();
        feeding.forEach(task -> task.cancel(false));
        return (double) (cpuNanos() - cpuStart) / (System.nanoTime() - start);
    }

    private void tick(PacedTrack track) {
        try {
            track.tick();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            feedFailure.compareAndSet(null, e);
        }
    }

    private LatencyRow row(Instant countFrom, double cores) throws SQLException, InterruptedException {
        var firstPartialMs = new Percentiles();
        var finalMs = new Percentiles();
        int turns = 0;
        int missed = 0;
        for (Live one : live) {
            for (SpeechLoop.Span turn : one.track().turns()) {
                Instant startedAt = one.track().capturedAt(turn.start());
                if (startedAt.isBefore(countFrom)) {
                    continue;
                }
                turns++;
                TurnTimes times = TurnTimes.of(turn, one.ear().heard());
                boolean whole = add(firstPartialMs, times.firstTextAt(), startedAt)
                        & add(finalMs, times.finalAt(), one.track().capturedAt(turn.end()));
                missed += whole ? 0 : 1;
            }
        }
        var meetings = live.stream().map(Live::meetingId).toList();
        try (var rows = new StoredRows(product.databaseUrl(), meetings)) {
            awaitRows(rows);
            return new LatencyRow(
                    tracks,
                    firstPartialMs,
                    finalMs,
                    pipelineMs,
                    finalToRow(rows.writtenAt(), MeetingEar.micros(countFrom)),
                    rows.coverage(),
                    turns,
                    missed,
                    cores);
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

    private Percentiles finalToRow(Map<String, Long> writtenAt, long countFromMicros) {
        var durations = new Percentiles();
        for (Live one : live) {
            one.ear().bySegment().forEach((segmentId, heard) -> {
                Long written = writtenAt.get(segmentId);
                if (written != null && heard.readyAt() > countFromMicros) {
                    durations.add((written - heard.readyAt()) / 1000.0);
                }
            });
        }
        return durations;
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }
}
