package dev.earshot.segment.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.schema.avro.AudioGap;
import dev.earshot.segment.Records;
import dev.earshot.segment.domain.Event;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.wire.EventReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class MeetingStateSerdeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456Z");

    private final MeetingStateSerde serde = new MeetingStateSerde();

    @Test
    void readsWhatItWrote_atEveryStepOfAMeeting() {
        List<SpecificRecord> records = List.of(
                Records.status("7", null, "requested"),
                Records.sessionStarted("7", "s"),
                Records.assigned("7", "s:t0", "p1", "Ada"),
                Records.partial("7", "s:t0", 0, 500, 1, "one"),
                Records.finished("7", "s:t0", 0, 900, 2, "one \"two\" ünï"),
                Records.progress("7", "s:t0", 0, 900, false, new AudioGap(100L, 200L, "chunk_missing")),
                Records.finished("7", "s:t1", 0, 900, 1, ""),
                Records.sessionEnded("7", "s", "s:t0", "s:t1"),
                Records.progress("7", "s:t0", 900, 1500, true),
                Records.progress("7", "s:t1", 0, 1500, true));
        var fold = new SegmentFold(SegmentRules.DEFAULTS);
        MeetingState state = MeetingState.NEW;
        for (SpecificRecord record : records) {
            state = fold.step(state, EventReader.read(record, NOW).orElseThrow())
                    .next();

            assertThat(read(write(state))).isEqualTo(state);
        }
        assertThat(state.complete()).containsExactly("s");
    }

    @Test
    void readsEveryFormThatWasEverWritten() throws IOException {
        assertThat(read(released("meeting-state.form1"))).isEqualTo(ExampleState.meeting());
    }

    @Test
    void readsErasedMeeting() {
        var erased = new Event.Erased(NOW);
        MeetingState state = new SegmentFold(SegmentRules.DEFAULTS)
                .step(ExampleState.meeting(), erased)
                .next();

        assertThat(read(write(state))).isEqualTo(state);
        assertThat(state.isErased()).isTrue();
    }

    @Test
    void refusesFormOfANewerVersion() {
        byte[] newer = write(ExampleState.meeting());
        newer[0] = 2;

        assertThatThrownBy(() -> read(newer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("form 2 (expected: at most 1)");
    }

    /** Whatever is cut off or added, no state comes of it. */
    @Test
    void refusesBytesThatLackOrAreTooMany() {
        byte[] whole = write(ExampleState.meeting());

        for (int length = 0; length <= whole.length + 1; length++) {
            byte[] other = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> read(other))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static byte[] released(String name) throws IOException {
        try (InputStream file = MeetingStateSerdeTest.class.getResourceAsStream("/released/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }

    private byte[] write(MeetingState state) {
        return serde.serializer().serialize("", state);
    }

    private MeetingState read(byte[] bytes) {
        return serde.deserializer().deserialize("", bytes);
    }
}
