package dev.earshot.segment.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.segment.Records;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.wire.EventReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    void readsStateOfAVersionThatKnewMore() throws IOException {
        byte[] newer = new SmileMapper()
                .writeValueAsBytes(Map.of(
                        "nextSeq", 5,
                        "statuses", Map.of("newest", Map.of(), "lastSession", ""),
                        "sessions", Map.of(),
                        "complete", List.of(),
                        "mood", 1));

        assertThat(read(newer).nextSeq()).isEqualTo(5);
    }

    private byte[] write(MeetingState state) {
        return serde.serializer().serialize("", state);
    }

    private MeetingState read(byte[] bytes) {
        return serde.deserializer().deserialize("", bytes);
    }
}
