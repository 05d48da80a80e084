package dev.earshot.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.SpokenWord;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Account;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.api.feed.TranscriptStore.About;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:05.000001Z");
    private static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");
    private static final About MEETING = new About(42, 7, "google_meet", "abc-defg-hij", "active");

    private final FrameEncoder encoder = new FrameEncoder(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void writesAnEntryWithWhatItsSpeakerHasLeft() {
        TranscriptEntry entry = entry(Kind.SEGMENT, "Hi\n\"all\"", null, null);

        assertThat(text(encoder.entry(MEETING, entry, List.of(track()))))
                .isEqualTo(
                        """
                        id: 9
                        event: transcript
                        data: {"type":"transcript","meeting":{"id":42,"platform":"google_meet","native_id":"abc-defg-hij"},\
                        "ts":"2026-03-01T10:00:05.000001Z","speaker":"Ada","seq":9,"confirmed":[{"segment_id":"s:t0:1500","seq":9,\
                        "speaker":"Ada","participant_id":null,"text":"Hi\\n\\"all\\"","language":"en","completed":true,\
                        "start":1.5,"end":2.25,"absolute_start_time":"2026-03-01T10:00:01.500Z",\
                        "absolute_end_time":"2026-03-01T10:00:02.250Z","words":[{"word":"Hi","start":1.5,"end":1.75,\
                        "confidence":0.5}],"timing":{"end_captured_at":1772359202250000,"ready_at":null,\
                        "confirmed_at":1772359205000001}}],"pending":[{"segment_id":"s:t0:3000","revision":4,"speaker":"Ada",\
                        "text":"and","language":null,"completed":false,"stable_prefix_words":1,"start":3.0,"end":3.2,\
                        "absolute_start_time":"2026-03-01T10:00:03Z","absolute_end_time":"2026-03-01T10:00:03.200Z","words":[],\
                        "timing":{"start_captured_at":1772359203000000,"end_captured_at":null,"ready_at":null,\
                        "decode_micros":1200}}]}

                        """);
    }

    @Test
    void givesPendingTextNoCursor() {
        Frame frame = encoder.pending(MEETING, Optional.of("Ada"), List.of(track()));

        assertThat(frame.seq()).isZero();
        assertThat(text(frame)).startsWith("event: transcript\ndata: {").contains("\"confirmed\":[]");
    }

    @Test
    void writesWhatElseHappens() {
        assertThat(text(encoder.entry(MEETING, entry(Kind.GAP, "", "overload", null), List.of())))
                .startsWith("id: 9\nevent: transcript.gap\ndata: ")
                .contains("\"reason\":\"overload\",\"start\":1.5,\"end\":2.25");
        assertThat(text(encoder.entry(MEETING, entry(Kind.COMPLETE, "", null, new Account(10, 6, 3, 1)), List.of())))
                .startsWith("id: 9\nevent: transcript.complete\ndata: ")
                .contains("\"captured_ms\":10,\"transcribed_ms\":6,\"silent_ms\":3,\"missing_ms\":1");
        assertThat(text(encoder.entry(MEETING, entry(Kind.STATUS, "", "stopped", null), List.of())))
                .startsWith("id: 9\nevent: meeting.status\ndata: ")
                .contains("\"payload\":{\"status\":\"completed\",\"reason\":\"stopped\"},\"user_id\":7");
        assertThat(text(encoder.entry(MEETING, entry(Kind.UNKNOWN, "", null, null), List.of())))
                .startsWith("id: 9\nevent: transcript.unknown\n");
        assertThat(text(encoder.status(MEETING))).contains("\"payload\":{\"status\":\"active\"}");
    }

    @Test
    void tellsClientsOfGenerationE_inTheirWords() {
        Frame frame = encoder.entry(MEETING, entry(Kind.SEGMENT, "Hi", null, null), List.of(track()));
        String envelope = "\"meeting\":{\"platform\":\"google_meet\",\"native_id\":\"abc-defg-hij\"},\"payload\":";
        String said = "{\"start\":1.5,\"text\":\"Hi\",\"language\":\"en\",\"speaker\":\"Ada\",\"session_uid\":\"s\",";

        assertThat(frame.earlyJson().stream().map(FrameEncoderTest::text))
                .satisfiesExactly(
                        mutable -> assertThat(mutable)
                                .startsWith("{\"type\":\"transcript.mutable\"," + envelope + "{\"segments\":[" + said
                                        + "\"end_time\":2.25,\"updated_at\":\"2026-03-01T10:00:05.000001Z\","
                                        + "\"speaker_mapping_status\":\"MAPPED\","
                                        + "\"absolute_start_time\":\"2026-03-01T10:00:01.500Z\",")
                                .contains("{\"start\":3.0,\"text\":\"and\""),
                        lasting -> assertThat(lasting)
                                .isEqualTo("{\"type\":\"transcript.finalized\"," + envelope + "{\"segments\":[" + said
                                        + "\"end\":2.25}]},\"ts\":\"2026-03-01T10:00:05.000001Z\"}"));
        assertThat(encoder.status(MEETING).earlyJson().stream().map(FrameEncoderTest::text))
                .containsExactly("{\"type\":\"meeting.status\"," + envelope
                        + "{\"status\":\"active\"},\"ts\":\"2026-03-01T10:00:05.000001Z\"}");
        assertThat(encoder.missing(MEETING, 3, 4).earlyJson()).isEmpty();
    }

    private static String text(ByteBuffer json) {
        return StandardCharsets.UTF_8.decode(json).toString();
    }

    private static String text(Frame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8);
    }

    private static LiveTrack track() {
        var draft = new LiveTrack.Text(
                "s:t0:3000", 4, false, 3000, 3200, "and", null, List.of(), 1, STARTED.plusSeconds(3), null, null, 1200);
        return new LiveTrack(42, "s", "s:t0", 1, "Ada", STARTED, List.of(draft), Set.of(), Set.of());
    }

    private static TranscriptEntry entry(Kind kind, String text, @Nullable String reason, @Nullable Account account) {
        return new TranscriptEntry(
                42,
                9,
                kind,
                "s",
                "s:t0:1500",
                "s:t0",
                null,
                kind == Kind.SEGMENT ? "Ada" : null,
                1500,
                2250,
                STARTED,
                text,
                List.of(new SpokenWord("Hi", 1500, 1750, 0.5f)),
                "en",
                kind == Kind.STATUS ? "completed" : null,
                reason,
                account,
                STARTED.plusMillis(2250),
                null,
                NOW);
    }
}
