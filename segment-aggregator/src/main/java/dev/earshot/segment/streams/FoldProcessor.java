package dev.earshot.segment.streams;

import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.segment.domain.Event;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.Output;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.Step;
import dev.earshot.segment.port.AggregatorEvents;
import dev.earshot.segment.wire.EventReader;
import dev.earshot.segment.wire.TranscriptWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The shell of the fold: reads an event, folds it into the stored state, writes the state, forwards the decisions. */
final class FoldProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {

    private final SegmentFold fold;
    private final Duration tickInterval;
    private final AggregatorEvents events;
    private final DueMeetings due = new DueMeetings();

    /** What the store says of meetings that go on, already decoded: decoding costs more than folding. */
    private final Map<String, MeetingState> live = new HashMap<>();

    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, MeetingState> meetings;

    FoldProcessor(SegmentFold fold, Duration tickInterval, AggregatorEvents events) {
        this.fold = fold;
        this.tickInterval = tickInterval;
        this.events = events;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> newContext) {
        context = newContext;
        meetings = context.getStateStore(SegmentTopology.MEETINGS_STORE);
        try (var all = meetings.all()) {
            all.forEachRemaining(entry -> remember(entry.key, entry.value));
        }
        context.schedule(tickInterval, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.key() == null || record.value() == null) {
            throw new MalformedRecordException("a record without key or value (expected: key = meeting id)");
        }
        EventReader.read(record.value(), Instant.ofEpochMilli(context.currentSystemTimeMs()))
                .ifPresent(event -> fold(record.key(), event, record.headers()));
    }

    private void tick(long nowMs) {
        var tick = new Event.Tick(Instant.ofEpochMilli(nowMs));
        due.until(tick.at()).forEach(meetingId -> fold(meetingId, tick, new RecordHeaders()));
    }

    private void fold(String meetingId, Event event, Headers headers) {
        MeetingState state = state(meetingId);
        Step step = fold.step(state, event);
        if (step.next() != state) {
            meetings.put(meetingId, step.next());
            remember(meetingId, step.next());
        }
        var writer = new TranscriptWriter(meetingId);
        for (Output output : step.outputs()) {
            events.decided(output);
            if (output instanceof Output.Entry entry) {
                forward(meetingId, writer.entry(entry), event.at(), headers, SegmentTopology.SEGMENTS_SINK);
            } else if (output instanceof Output.LiveTrack track) {
                forward(meetingId, writer.live(track), event.at(), headers, SegmentTopology.LIVE_SINK);
            }
        }
    }

    private MeetingState state(String meetingId) {
        MeetingState known = live.get(meetingId);
        if (known != null) {
            return known;
        }
        MeetingState stored = meetings.get(meetingId);
        return stored == null ? MeetingState.NEW : stored;
    }

    private void remember(String meetingId, MeetingState state) {
        due.put(meetingId, state.dueAt(fold.rules()));
        if (state.sessions().isEmpty()) {
            live.remove(meetingId);
        } else {
            live.put(meetingId, state);
        }
    }

    /** Headers go along with what an event leads to at once, {@code traceparent} among them. */
    private void forward(String meetingId, SpecificRecord value, Instant at, Headers headers, String sink) {
        context.forward(new Record<>(meetingId, value, at.toEpochMilli(), headers), sink);
    }
}
