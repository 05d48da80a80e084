package dev.earshot.segment.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.Records;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.streams.SegmentTopology.Folding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the shell owes the fold: the right state, and time only when it has read what was waiting. */
class FoldProcessorTest {

    private static final String MEETING = "7";
    private static final String TRACK = "s:t0";
    private static final Duration DOWNTIME = SegmentRules.DEFAULTS.patience().multipliedBy(2);
    private static final Duration TICK = Duration.ofMillis(500);

    private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
    private final KeyValueStore<String, MeetingState> meetings = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(SegmentTopology.MEETINGS_STORE),
                    Serdes.String(),
                    new MeetingStateSerde())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    private FoldProcessor processor = newProcessor();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    @BeforeEach
    void open() {
        meetings.init(context.getStateStoreContext(), meetings);
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        processor.init(context);
    }

    @AfterEach
    void close() {
        meetings.close();
    }

    @Test
    void readsFinalThatWaited_beforeItConfirmsThePartial() {
        process(Records.partial(MEETING, TRACK, 0, 500, 1, "one"), now);
        Instant said = now.plusSeconds(1);
        restartAfter(DOWNTIME);

        ticksFor(Duration.ofMillis(1500));
        process(Records.finished(MEETING, TRACK, 0, 900, 2, "one two"), said);
        ticksFor(Duration.ofMillis(1500));
        assertThat(confirmed()).isEmpty();
        ticksFor(Duration.ofSeconds(1));

        assertThat(confirmed()).containsExactly("one two");
    }

    @Test
    void confirmsFinal_soonAfterRestart() {
        process(Records.finished(MEETING, TRACK, 0, 900, 1, "one"), now);
        restartAfter(DOWNTIME);

        ticksFor(Duration.ofMillis(1500));
        assertThat(confirmed()).isEmpty();
        ticksFor(Duration.ofSeconds(1));

        assertThat(confirmed()).containsExactly("one");
    }

    @Test
    void confirmsPartialOfSilentWorker_whenPatienceEndsAfterRestart() {
        process(Records.partial(MEETING, TRACK, 0, 500, 1, "one"), now);
        restartAfter(DOWNTIME);

        ticksFor(SegmentRules.DEFAULTS.patience().minus(TICK));
        assertThat(confirmed()).isEmpty();
        ticksFor(TICK);

        assertThat(confirmed()).containsExactly("one");
    }

    /** Its audio is decoded by workers that may start as late as we do, or later. */
    @Test
    void waitsForAudioOfSessionThatEnded_againAfterRestart() {
        process(Records.progress(MEETING, TRACK, 0, 1000, false), now);
        process(Records.sessionEnded(MEETING, "s", TRACK), now);
        restartAfter(DOWNTIME);
        ticksFor(Duration.ofSeconds(30));

        process(Records.finished(MEETING, TRACK, 1000, 1900, 1, "one"), now);
        process(Records.progress(MEETING, TRACK, 1000, 2000, true), now);

        assertThat(context.forwarded(SegmentTopology.SEGMENTS_SINK))
                .extracting(forward -> ((TranscriptSegment) forward.record().value()).getKind())
                .containsExactly(TranscriptKind.SEGMENT, TranscriptKind.COMPLETE);
    }

    /** Else what is pending would grow with each record, and the state written for each with it. */
    @Test
    void confirms_whileItCatchesUp_howeverOldTheRecordsAre() {
        Instant longAgo = now.minus(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            process(Records.finished(MEETING, TRACK, i * 1000L, i * 1000L + 900, 1, "text " + i), longAgo);
            ticksFor(TICK);
        }

        assertThat(confirmed()).hasSize(7).startsWith("text 0", "text 1");
    }

    @Test
    void readsWhatCame_whenTheProcessStoodStill() {
        ticksFor(Duration.ofSeconds(3));
        process(Records.partial(MEETING, TRACK, 0, 500, 1, "one"), now);
        Instant said = now.plusSeconds(1);

        pass(DOWNTIME);
        tick();
        process(Records.finished(MEETING, TRACK, 0, 900, 2, "one two"), said);
        ticksFor(Duration.ofSeconds(3));

        assertThat(confirmed()).containsExactly("one two");
    }

    @Test
    void forgetsWhatAnAbortedTransactionDid() {
        process(Records.finished(MEETING, TRACK, 0, 900, 5, "never happened"), now);
        meetings.delete(MEETING);
        processor.init(context);

        process(Records.finished(MEETING, TRACK, 0, 900, 1, "one two"), now);
        ticksFor(Duration.ofSeconds(3));

        assertThat(confirmed()).containsExactly("one two");
    }

    @Test
    void refusesAudioBeyondAllReason() {
        var absurd = Records.partial(MEETING, TRACK, 0, Duration.ofDays(31).toMillis(), 1, "one");

        assertThatThrownBy(() -> process(absurd, now))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("30 days of audio");
    }

    private static FoldProcessor newProcessor() {
        return new FoldProcessor(Folding.by(new SegmentFold(SegmentRules.DEFAULTS), TICK), "meeting.event.v1");
    }

    private void restartAfter(Duration downtime) {
        pass(downtime);
        processor = newProcessor();
        processor.init(context);
    }

    private void process(SpecificRecord value, Instant written) {
        processor.process(new Record<>(MEETING, value, written.toEpochMilli()));
    }

    private void ticksFor(Duration time) {
        for (Duration left = time; !left.isZero(); left = left.minus(TICK)) {
            pass(TICK);
            tick();
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        context.setCurrentSystemTimeMs(now.toEpochMilli());
    }

    private void tick() {
        var all = context.scheduledPunctuators();
        all.get(all.size() - 1).getPunctuator().punctuate(now.toEpochMilli());
    }

    private List<String> confirmed() {
        return context.forwarded(SegmentTopology.SEGMENTS_SINK).stream()
                .map(forward -> ((TranscriptSegment) forward.record().value()).getText())
                .toList();
    }
}
