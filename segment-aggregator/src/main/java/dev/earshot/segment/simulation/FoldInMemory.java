package dev.earshot.segment.simulation;

import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.Event;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.Output;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.wire.EventReader;
import dev.earshot.segment.wire.TranscriptWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The fold without Kafka: a transaction is a state to go back to, and the records to read again.
 *
 * <p>Time passes as in the service: in ticks, when something is due.
 */
final class FoldInMemory implements SimulatedAggregator {

    private static final long TICK_MS = 200;
    /** Shorter than the time between ticks. */
    private static final Duration TRANSACTION = Duration.ofMillis(30);

    private final SegmentFold fold;
    private final TranscriptWriter writer;
    private final Dice dice;
    private final List<TranscriptLive> live = new ArrayList<>();
    private final List<TranscriptSegment> committed = new ArrayList<>();
    private final List<TranscriptSegment> uncommitted = new ArrayList<>();
    private final List<SpecificRecord> sinceCommit = new ArrayList<>();
    private MeetingState committedState = MeetingState.NEW;
    private MeetingState state = MeetingState.NEW;
    private Instant now;
    private Instant listeningSince;

    FoldInMemory(SegmentFold fold, String meetingId, Instant start, Dice dice) {
        this.fold = fold;
        this.writer = new TranscriptWriter(meetingId);
        this.now = start;
        this.listeningSince = start;
        this.dice = dice;
    }

    @Override
    public void take(SpecificRecord record) {
        sinceCommit.add(record);
        EventReader.read(record, now).ifPresent(this::fold);
        if (dice.percent(30)) {
            commit();
        }
    }

    @Override
    public void passTo(Instant at) {
        Instant tick = nextTick();
        while (!tick.isAfter(at)) {
            commit();
            now = tick;
            fold(new Event.Tick(now, listeningSince));
            tick = nextTick();
        }
        if (at.isAfter(now.plus(TRANSACTION))) {
            commit();
        }
        now = at.isAfter(now) ? at : now;
    }

    /** The first tick of the wall clock that changes something; the end of time when none does. */
    private Instant nextTick() {
        Instant earliest = now.plusMillis(1);
        return state.dueAt(fold.rules(), listeningSince)
                .map(due -> due.isBefore(earliest) ? earliest : due)
                .map(due -> Instant.ofEpochMilli((due.toEpochMilli() + TICK_MS - 1) / TICK_MS * TICK_MS))
                .orElse(Instant.MAX);
    }

    @Override
    public void crash(Instant back) {
        List<SpecificRecord> again = List.copyOf(sinceCommit);
        sinceCommit.clear();
        uncommitted.clear();
        state = committedState;
        now = back;
        listeningSince = back;
        again.forEach(this::take);
    }

    private void commit() {
        committedState = state;
        committed.addAll(uncommitted);
        uncommitted.clear();
        sinceCommit.clear();
    }

    private void fold(Event event) {
        var step = fold.step(state, event);
        state = step.next();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Entry entry) {
                uncommitted.add(writer.entry(entry));
            } else if (output instanceof Output.LiveTrack track) {
                live.add(writer.live(track));
            }
        }
    }

    @Override
    public List<TranscriptSegment> entries() {
        return committed;
    }

    @Override
    public List<TranscriptLive> live() {
        return live;
    }
}
