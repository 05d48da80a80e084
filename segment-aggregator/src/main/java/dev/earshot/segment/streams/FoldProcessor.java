package dev.earshot.segment.streams;

import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.segment.domain.Event;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.Output;
import dev.earshot.segment.domain.Step;
import dev.earshot.segment.domain.TextFilter;
import dev.earshot.segment.wire.EventReader;
import dev.earshot.segment.wire.TranscriptWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The shell of the fold: reads an event, folds it into the stored state, writes the state, forwards the decisions.
 *
 * <p>Time passes for the fold only while it is told what happens: after a pause of this process the final of an utterance may
 * already be on its topic, and must be read before the wait for it may end.
 */
final class FoldProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {

    /** Two ticks this far apart: the process stood still, and the topics did not. */
    private static final long STOOD_STILL_MS = 5_000;

    private final SegmentTopology.Folding folding;
    private final String meetingEvents;
    private final DueMeetings due = new DueMeetings();

    /** What the store says of meetings that go on, already decoded: decoding costs more than folding. */
    private final Map<String, MeetingState> live = new HashMap<>();

    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, MeetingState> meetings;
    private Instant listeningSince = Instant.EPOCH;
    private long lastTickMs;

    /** Takes a tombstone on the named topic for the word that its meeting was deleted. */
    FoldProcessor(SegmentTopology.Folding folding, String meetingEvents) {
        this.meetingEvents = meetingEvents;
        this.folding = folding;
    }

    /** May be called again after a transaction was aborted: what was remembered of it never happened. */
    @Override
    public void init(ProcessorContext<String, SpecificRecord> newContext) {
        context = newContext;
        live.clear();
        due.clear();
        lastTickMs = context.currentSystemTimeMs();
        listeningSince = Instant.ofEpochMilli(lastTickMs);
        meetings = context.getStateStore(SegmentTopology.MEETINGS_STORE);
        try (var all = meetings.all()) {
            all.forEachRemaining(entry -> remember(entry.key, entry.value));
        }
        context.schedule(folding.tickInterval(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.key() == null || record.value() == null && !isOfMeetingEvents()) {
            throw new MalformedRecordException("a record without key or value (expected: key = meeting id)");
        }
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        Optional<Event> read =
                record.value() == null ? Optional.of(new Event.Erased(now)) : EventReader.read(record.value(), now);
        read.ifPresent(event -> {
            MeetingState state = state(record.key());
            apply(record.key(), state, possibleStep(state, event), event.at(), record.headers());
        });
    }

    private boolean isOfMeetingEvents() {
        return context.recordMetadata()
                .filter(metadata -> metadata.topic().equals(meetingEvents))
                .isPresent();
    }

    private void tick(long nowMs) {
        Instant now = Instant.ofEpochMilli(nowMs);
        if (nowMs - lastTickMs > STOOD_STILL_MS) {
            listeningSince = now;
        }
        lastTickMs = nowMs;
        var tick = new Event.Tick(now, listeningSince);
        for (String meetingId : due.until(now)) {
            MeetingState state = state(meetingId);
            Step step = folding.folds().get().step(state, tick);
            apply(meetingId, state, step, now, new RecordHeaders());
            if (step.next() == state) {
                // Due by a clock that went on while we did not.
                remember(meetingId, state);
            }
        }
    }

    /**
     * A record that the fold cannot take must not be read again for ever, and hold up its partition: the fold is pure, so what
     * it throws once it throws each time.
     */
    private Step possibleStep(MeetingState state, Event event) {
        try {
            return folding.folds().get().step(state, event);
        } catch (RuntimeException e) {
            throw new MalformedRecordException("not possible in its meeting: " + e.getMessage(), e);
        }
    }

    private void apply(String meetingId, MeetingState state, Step step, Instant at, Headers headers) {
        if (step.next() != state) {
            meetings.put(meetingId, step.next());
            remember(meetingId, step.next());
        }
        var writer = new TranscriptWriter(meetingId);
        for (Output output : step.outputs()) {
            folding.events().decided(output);
            if (output instanceof Output.Entry entry) {
                forward(meetingId, writer.entry(entry), at, headers, SegmentTopology.SEGMENTS_SINK);
            } else if (output instanceof Output.LiveTrack track) {
                forward(meetingId, writer.live(track), at, headers, SegmentTopology.LIVE_SINK);
            } else if (folding.keepsFiltered() && output instanceof Output.Filtered filtered) {
                AsrHypothesis said = writer.filtered(filtered.said());
                forward(meetingId, said, at, because(filtered.objection()), SegmentTopology.FILTERED_SINK);
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
        due.put(meetingId, state.dueAt(folding.folds().get().rules(), listeningSince));
        if (state.sessions().isEmpty()) {
            live.remove(meetingId);
        } else {
            live.put(meetingId, state);
        }
    }

    private static Headers because(TextFilter.Objection objection) {
        String rule = objection.name().toLowerCase(Locale.ROOT);
        return new RecordHeaders().add(Topics.FILTER_RULE_HEADER, rule.getBytes(StandardCharsets.UTF_8));
    }

    /** Headers go along with what an event leads to at once, {@code traceparent} among them. */
    private void forward(String meetingId, SpecificRecord value, Instant at, Headers headers, String sink) {
        context.forward(new Record<>(meetingId, value, at.toEpochMilli(), headers), sink);
    }
}
