package dev.earshot.bench.sink;

import dev.earshot.bench.Product;
import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.WarmUp;
import dev.earshot.bench.latency.MeetingEar;
import dev.earshot.bench.latency.StoredRows;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.standalone.report.Percentiles;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/**
 * Measures the aggregator with its sinks in a process of its own: first a backlog of finals, after some to warm up, then the
 * latencies at a steady rate. Blocking.
 */
public final class SinkRun {

    /** Ids that no meeting of the API has. */
    private static final long FIRST_MEETING = 1_000_000;

    private static final int ON_THE_WAY = 500;
    private static final int LIVE_MEETINGS = 10;
    private static final int HYPOTHESES_A_SECOND = 50;
    private static final Duration LIVE_WARM_UP = Duration.ofSeconds(5);
    private static final Duration LIVE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Everything is where it belongs when for so many polls nothing more has been written: two seconds. */
    private static final int QUIET_POLLS = 20;

    private static final int MOST_WARM_UP_ROUNDS = 6;
    private static final double COMPILER_SHARE = 0.1;

    private final Product product;
    private final int segments;
    private final int meetings;
    private long said;

    public SinkRun(Product product, int segments, int meetings) {
        this.product = product;
        this.segments = segments;
        this.meetings = meetings;
    }

    /**
     * Measures.
     *
     * @param settings the aggregator's own environment variables
     */
    public SinkRow measure(Map<String, String> settings)
            throws IOException, InterruptedException, TimeoutException, SQLException {
        try (AggregatorProcess aggregator = AggregatorProcess.start(settings)) {
            warmUp(aggregator);
            publish(segments);
            Counts before = aggregator.count();
            drain(aggregator, aggregator.launch(), before.rows() + segments, segments + " segments");
            Counts after = aggregator.count();
            Duration working = Duration.ofNanos(after.busyNanos()).minus(SegmentRules.DEFAULTS.immutabilityWindow());
            var frames = new Percentiles();
            Percentiles rows = latencies(frames);
            Counts beforeBare = aggregator.stop();
            drain(aggregator, aggregator.launchBare(), beforeBare.rows() + said, said + " segments, by Kafka alone");
            Counts afterBare = aggregator.count();
            return new SinkRow(
                    segments,
                    meetings,
                    working.toNanos() / 1e9,
                    (after.cpuNanos() - before.cpuNanos()) / 1e9,
                    after.statements() - before.statements(),
                    ratioToBare(before, after, beforeBare, afterBare),
                    rows,
                    frames);
        }
    }

    /** Without the compiler: Kafka alone has a cold start. */
    private static double ratioToBare(Counts before, Counts after, Counts beforeBare, Counts afterBare) {
        return segmentsPerWork(before, after) / segmentsPerWork(beforeBare, afterBare);
    }

    private static double segmentsPerWork(Counts before, Counts after) {
        return (double) (after.segments() - before.segments()) / (after.workNanos() - before.workNanos());
    }

    private void warmUp(AggregatorProcess aggregator) throws IOException, InterruptedException, TimeoutException {
        var warmUp = new WarmUp(COMPILER_SHARE, MOST_WARM_UP_ROUNDS);
        Counts before;
        Counts after;
        Duration round;
        do {
            publish(segments / 4);
            before = aggregator.count();
            long start = System.nanoTime();
            drain(aggregator, aggregator.launch(), before.rows() + segments / 4, "warming up");
            round = Duration.ofNanos(System.nanoTime() - start);
            after = aggregator.stop();
        } while (!warmUp.isOver(Duration.ofNanos(after.compilerNanos() - before.compilerNanos()), round));
    }

    /** Returns when so many rows, and all that is shown, are where they belong. */
    private void drain(AggregatorProcess aggregator, Counts launched, long rows, String label)
            throws IOException, InterruptedException, TimeoutException {
        Counts counts = launched;
        var bar = new ProgressBar(label);
        long start = System.nanoTime();
        int quiet = 0;
        while (counts.rows() < rows || quiet < QUIET_POLLS) {
            Duration done = Duration.ofNanos(System.nanoTime() - start);
            if (done.compareTo(PATIENCE) > 0) {
                throw new TimeoutException(
                        counts.rows() + " of " + rows + " rows within " + PATIENCE.toSeconds() + " s");
            }
            bar.show(done, PATIENCE, counts.rows() + " of " + rows + " rows");
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            Counts next = aggregator.count();
            quiet = next.rows() == counts.rows() && next.written() == counts.written() ? quiet + 1 : 0;
            counts = next;
        }
        bar.end();
    }

    /** Finals of all meetings in turn, so that none of them says much at a time. */
    private void publish(int count) {
        var hypotheses = product.log().publisher(product.log().topics().hypotheses());
        long from = said;
        Flux.range(0, count)
                .map(i -> Talk.finished(
                        FIRST_MEETING + (from + i) % meetings, (int) ((from + i) / meetings), Instant.now()))
                .flatMap(said -> hypotheses.publish(said.getMeetingId(), said), ON_THE_WAY)
                .then()
                .block(PATIENCE);
        said += count;
    }

    /** Returns final → row, and adds hypothesis → frame. */
    private Percentiles latencies(Percentiles frames) throws InterruptedException, SQLException {
        Instant countFrom = Instant.now().plus(LIVE_WARM_UP);
        List<Long> ids = new ArrayList<>();
        List<MeetingEar> ears = new ArrayList<>();
        for (int i = 0; i < LIVE_MEETINGS; i++) {
            ids.add(product.newMeeting("bench-sink-" + i));
            ears.add(new MeetingEar(product.api(), ids.get(i), frames, countFrom));
        }
        try {
            talk(ids);
            // The last finals are confirmed when their window is over.
            TimeUnit.MILLISECONDS.sleep(
                    SegmentRules.DEFAULTS.immutabilityWindow().plusSeconds(1).toMillis());
            try (var rows = new StoredRows(product.databaseUrl(), ids)) {
                return MeetingEar.finalToRow(ears, rows.writtenAt(), countFrom);
            }
        } finally {
            ears.forEach(MeetingEar::close);
        }
    }

    private void talk(List<Long> ids) throws InterruptedException {
        var hypotheses = product.log().publisher(product.log().topics().hypotheses());
        var next = new AtomicInteger();
        var talking = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "talk"));
        var bar = new ProgressBar(HYPOTHESES_A_SECOND + " hypotheses a second");
        Duration whole = LIVE_WARM_UP.plus(LIVE);
        try {
            talking.scheduleAtFixedRate(
                    () -> {
                        int i = next.getAndIncrement();
                        long id = ids.get(i % ids.size());
                        hypotheses
                                .publish(Long.toString(id), Talk.next(id, i / ids.size(), Instant.now()))
                                .subscribe();
                    },
                    0,
                    1_000_000 / HYPOTHESES_A_SECOND,
                    TimeUnit.MICROSECONDS);
            long start = System.nanoTime();
            for (Duration done = Duration.ZERO;
                    done.compareTo(whole) < 0;
                    done = Duration.ofNanos(System.nanoTime() - start)) {
                bar.show(done, whole, next.get() + " said");
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        } finally {
            talking.shutdownNow();
        }
        bar.end();
    }
}
