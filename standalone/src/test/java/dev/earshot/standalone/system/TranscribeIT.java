package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.standalone.report.WordErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file goes through the whole pipeline and comes out as text, with nothing else on standard output. */
class TranscribeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Speech SPEECH = Speech.turn(1);

    @TempDir
    private Path folder;

    @Test
    void writesTextToStandardOutput() throws Exception {
        String out = transcribe("--speaker", "Bob Brown", wav());

        assertThat(out.lines()).isNotEmpty().allMatch(line -> line.matches("\\[00:00:0\\d\\.\\d{3}] Bob Brown: .+"));
        assertIsWhatWasSaid(
                out.lines().map(line -> line.substring(line.indexOf(": ") + 2)).collect(Collectors.joining(" ")));
    }

    @Test
    void writesAFormatToAFile() throws Exception {
        Path json = folder.resolve("transcript.json");

        assertThat(transcribe("--format", "json", "--output", json.toString(), wav()))
                .isEmpty();

        JsonNode segments = new ObjectMapper().readTree(json.toFile()).path("segments");
        assertThat(segments).isNotEmpty();
        for (JsonNode segment : segments) {
            assertThat(segment.path("segment_id").asText()).matches("[0-9a-f-]{36}:t0:\\d+");
            assertThat(segment.path("start").asDouble())
                    .isBetween(0.0, segment.path("end").asDouble());
            assertThat(segment.path("end").asDouble()).isLessThanOrEqualTo(SPEECH.durationMs() / 1000.0 + 0.001);
        }
        assertIsWhatWasSaid(StreamSupport.stream(segments.spliterator(), false)
                .map(segment -> segment.path("text").asText())
                .collect(Collectors.joining(" ")));
    }

    @Test
    void writesSubtitles() throws Exception {
        String out = transcribe("--format", "vtt", wav());

        assertThat(out).startsWith("WEBVTT\n\n");
        String time = "00:00:0\\d\\.\\d{3}";
        Pattern cue = Pattern.compile("\n\n[0-9a-f-]{36}:t0:\\d+\n" + time + " --> " + time + "\n(.+)");
        assertThat(out).containsPattern(cue);
        assertIsWhatWasSaid(
                cue.matcher(out).results().map(match -> match.group(1)).collect(Collectors.joining(" ")));
    }

    private String wav() throws Exception {
        return SPEECH.copyTo(folder).toString();
    }

    private String transcribe(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "transcribe";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try (var process = EarshotProcess.start(folder, Map.of(), command)) {
            assertThat(process.awaitExit(PATIENCE)).as(process::everything).isZero();
            return process.out();
        }
    }

    private static void assertIsWhatWasSaid(String text) {
        assertThat(WordErrors.between(SPEECH.text(), text).rate()).as(text).isLessThanOrEqualTo(0.3);
    }
}
