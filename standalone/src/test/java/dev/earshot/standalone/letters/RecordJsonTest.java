package dev.earshot.standalone.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Records;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.Word;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    static {
        Records.trust();
    }

    private static final AsrHypothesis HEARD = AsrHypothesis.newBuilder()
            .setMeetingId("7")
            .setSessionUid("s")
            .setTrackId("s:t0")
            .setKind(HypothesisKind.FINAL)
            .setRevision(3)
            .setStartSample(0)
            .setEndSample(16_000)
            .setText("secret plan")
            .setWords(List.of(new Word("secret", 0L, 400L, 0.5f)))
            .setEndCapturedAt(Instant.EPOCH)
            .build();

    private static MeetingEvent event(MeetingEventType type, String detail) {
        return MeetingEvent.newBuilder()
                .setMeetingId("7")
                .setType(type)
                .setOccurredAt(Instant.EPOCH)
                .setDetail(detail)
                .build();
    }

    @Test
    void veilsWhatPeopleSaid_inEveryWord() {
        String json = new RecordJson(false).of(HEARD);

        assertThat(json)
                .doesNotContain("secret")
                .contains("\"text\":\"(11 characters)\"", "\"text\":\"(6 characters)\"", "\"revision\":3")
                .contains("\"end_captured_at\":\"1970-01-01T00:00:00Z\"", "\"language\":null");
    }

    @Test
    void showsIt_whenAsked() {
        assertThat(new RecordJson(true).of(HEARD)).contains("\"text\":\"secret plan\"");
    }

    @Test
    void veilsWhatPeopleWrote_butNotWhatWentWrong() {
        assertThat(new RecordJson(false).of(event(MeetingEventType.CHAT, "secret")))
                .doesNotContain("secret");
        assertThat(new RecordJson(false).of(event(MeetingEventType.ERROR, "page gone")))
                .contains("page gone");
    }
}
