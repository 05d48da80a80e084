package dev.earshot.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptFormatTest {

    private static final List<Line> LINES = List.of(
            new Line("s:t0:1500", "Alice", "a < b & c", 1500, 3_661_002),
            new Line("s:t1:4000", null, "yes", 4000, 4500));

    @Test
    void writesText() {
        assertThat(TranscriptFormat.TXT.write(LINES))
                .isEqualTo("[00:00:01.500] Alice: a < b & c\n[00:00:04.000] yes\n");
    }

    @Test
    void writesWebVtt_withEscapedText() {
        assertThat(TranscriptFormat.VTT.write(LINES))
                .isEqualTo("WEBVTT\n\ns:t0:1500\n00:00:01.500 --> 01:01:01.002\n<v Alice>a &lt; b &amp; c\n"
                        + "\ns:t1:4000\n00:00:04.000 --> 00:00:04.500\nyes\n");
    }

    @Test
    void writesSubRip() {
        assertThat(TranscriptFormat.SRT.write(LINES))
                .isEqualTo("1\n00:00:01,500 --> 01:01:01,002\nAlice: a < b & c\n"
                        + "\n2\n00:00:04,000 --> 00:00:04,500\nyes\n");
    }

    @Test
    void writesJson() {
        assertThat(TranscriptFormat.JSON.write(LINES))
                .contains("\"segment_id\" : \"s:t0:1500\"", "\"text\" : \"a < b & c\"", "\"start\" : 1.5", "null");
    }

    @Test
    void writesAnEmptyTranscript() {
        assertThat(TranscriptFormat.TXT.write(List.of())).isEmpty();
        assertThat(TranscriptFormat.VTT.write(List.of())).isEqualTo("WEBVTT\n");
    }
}
