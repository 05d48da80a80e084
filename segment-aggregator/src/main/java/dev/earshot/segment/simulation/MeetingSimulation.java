package dev.earshot.segment.simulation;

import dev.earshot.schema.Records;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.SegmentRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A whole meeting made of a seed: sessions, tracks, speech and silence; workers and the aggregator die, records are lost,
 * come twice and out of order. What it leaves is checked against what was really said.
 *
 * <p>The same seed plays the same meeting. Thread-safe: each run is on its own.
 */
public final class MeetingSimulation {

    /** When every simulated meeting begins. */
    public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    /** The default ones; but nothing in a simulated meeting is silent for so long as to be abandoned after hours. */
    public static final SegmentRules RULES = new SegmentRules(
            SegmentRules.DEFAULTS.immutabilityWindow(),
            SegmentRules.DEFAULTS.immutabilityThreshold(),
            SegmentRules.DEFAULTS.patience(),
            Duration.ofMinutes(10));

    private static final String MEETING_ID = "7";

    static {
        // What is said becomes records, and all that comes of it.
        Records.trust();
    }

    private final long seed;
    private final List<SimulatedSession> sessions = new ArrayList<>();
    private final Dice dice;

    /**
     * What came of one meeting.
     *
     * @param entries of its transcript
     * @param violations promises that were broken, a sentence each; none in a sound transcript
     */
    public record Outcome(long seed, List<TranscriptSegment> entries, List<String> violations) {}

    private MeetingSimulation(long seed) {
        this.seed = seed;
        this.dice = new Dice(seed);
    }

    /** Plays a meeting to the fold alone. */
    public static Outcome run(long seed) {
        var fold = new SegmentFold(RULES);
        return new MeetingSimulation(seed).play(new FoldInMemory(fold, MEETING_ID, START, new Dice(seed)));
    }

    /** Plays a meeting to an aggregator that has these {@link #RULES} and stands at {@link #START}. */
    public static Outcome run(long seed, SimulatedAggregator aggregator) {
        return new MeetingSimulation(seed).play(aggregator);
    }

    private Outcome play(SimulatedAggregator aggregator) {
        long startMs = 0;
        for (int left = dice.between(1, 3); left > 0; left--) {
            var session = SimulatedSession.play(MEETING_ID, "s" + sessions.size(), startMs, dice);
            sessions.add(session);
            startMs = session.endMs() + dice.between(1000L, 60_000L);
        }
        var deliveries = new ArrayList<Delivery>();
        sessions.forEach(session -> deliveries.addAll(session.deliveries()));
        deliveries.sort(Comparator.comparingLong(Delivery::atMs));
        deliver(deliveries, aggregator);
        var promises = new TranscriptPromises(sessions);
        return new Outcome(seed, aggregator.entries(), promises.brokenBy(aggregator.entries(), aggregator.live()));
    }

    private void deliver(List<Delivery> deliveries, SimulatedAggregator aggregator) {
        long endMs =
                deliveries.isEmpty() ? 0 : deliveries.get(deliveries.size() - 1).atMs();
        long crashMs = nextCrash(0, endMs);
        Instant now = START;
        for (Delivery delivery : deliveries) {
            if (crashMs < delivery.atMs()) {
                Instant down = START.plusMillis(crashMs);
                now = down.isAfter(now) ? down : now;
                aggregator.passTo(now);
                now = now.plusMillis(dice.between(500L, dice.percent(20) ? 90_000L : 5_000L));
                aggregator.crash(now);
                crashMs = nextCrash(crashMs, endMs);
            }
            Instant at = START.plusMillis(delivery.atMs());
            if (at.isAfter(now)) {
                now = at;
                aggregator.passTo(now);
            }
            aggregator.take(delivery.record());
        }
        aggregator.passTo(now.plus(RULES.patience()).plus(Duration.ofMinutes(1)));
        aggregator.passTo(now.plus(RULES.abandonedAfter()).plus(Duration.ofMinutes(1)));
    }

    private long nextCrash(long afterMs, long endMs) {
        return dice.percent(50) ? Long.MAX_VALUE : dice.between(afterMs, Math.max(afterMs, endMs) + 1);
    }
}
