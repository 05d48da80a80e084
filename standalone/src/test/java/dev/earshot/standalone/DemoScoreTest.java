package dev.earshot.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.standalone.client.Account;
import dev.earshot.standalone.client.TranscriptFrame.Text;
import dev.earshot.standalone.demo.SpokenTurn;
import dev.earshot.standalone.report.DemoReport;
import dev.earshot.standalone.report.Percentiles;
import dev.earshot.standalone.report.WordErrors;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DemoScoreTest {

    private static final List<SpokenTurn> TRUTH = List.of(
            new SpokenTurn("Alice", "Good morning everyone", 0, 1_000, "alice.wav"),
            new SpokenTurn("Bob", "The budget is almost ready", 1_500, 1_000, "bob.wav"));
    private static final List<Text> HEARD = List.of(
            text("s:t0:0", "Alice", "good morning, everyone!"), text("s:t1:1500", "Bob", "the budget is all ready"));
    private static final Account ACCOUNT = new Account(4_000, 2_000, 1_900, 100);

    private static Text text(String id, String speaker, String text) {
        return new Text(id, speaker, text, true, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static String row(Text text) {
        return text.segmentId() + "|" + text.speaker() + "|" + text.text();
    }

    private static JsonNode rest(List<Text> texts) {
        var answer = new ObjectMapper().createObjectNode();
        var segments = answer.putArray("segments");
        texts.forEach(text -> segments.addObject()
                .put("segment_id", text.segmentId())
                .put("speaker", text.speaker())
                .put("text", text.text()));
        return answer;
    }

    private static DemoReport score(List<Text> heard) {
        return score(heard, heard.stream().map(DemoScoreTest::row).toList(), heard);
    }

    private static DemoReport score(List<Text> streamed, List<String> stored, List<Text> overRest) {
        var seen = new DemoScore.Seen(streamed, latencies(300, 700, 500), latencies(900));
        return DemoScore.of(TRUTH, seen, stored, rest(overRest), ACCOUNT);
    }

    private static Percentiles latencies(double... milliseconds) {
        var latencies = new Percentiles();
        for (double each : milliseconds) {
            latencies.add(each);
        }
        return latencies;
    }

    @Test
    void countsTheWordsThatWereHeardWrong() {
        DemoReport report = score(HEARD);

        assertThat(report.words().referenceWords()).isEqualTo(8);
        assertThat(report.words().hypothesisWords()).isEqualTo(8);
        assertThat(report.words().rate()).isEqualTo(1 / 8.0);
    }

    @Test
    void countsWordsUnderAWrongName_onBothSides() {
        DemoReport report = score(List.of(text("s:t0:0", "Bob", "Good morning everyone"), HEARD.get(1)));

        // Three that Alice said and nobody heard of her, three that Bob never said, one that was heard wrong.
        assertThat(report.words().errors()).isEqualTo(7);
        assertThat(report.speakersRight()).isEqualTo(0.5);
    }

    @Test
    void holdsNobodyToWordsThatNobodySaid() {
        assertThat(score(List.of(HEARD.get(0), text("s:t1:9", "Bob", "xyzzy"))).speakersRight())
                .isEqualTo(1);
        assertThat(score(List.of()).speakersRight()).isZero();
    }

    @Test
    void readsAnUnknownSpeakerAsAWrongName() {
        assertThat(score(List.of(text("s:t0:0", null, "Good morning everyone"))).speakersRight())
                .isZero();
    }

    @Test
    void reportsLatenciesAndWhatBecameOfTheAudio() {
        DemoReport report = score(HEARD);

        assertThat(report.firstPartialMs().at(50)).isEqualTo(500);
        assertThat(report.firstPartialMs().at(95)).isEqualTo(700);
        assertThat(report.finalMs().at(50)).isEqualTo(900);
        assertThat(report.heard()).isEqualTo(0.975, within(1e-9));
        assertThat(report.lost()).isEqualTo(0.025, within(1e-9));
        assertThat(report.segments()).isEqualTo(2);
        assertThat(report.text().lines())
                .contains(
                        String.format(
                                Locale.ROOT, "word error rate         %.1f %%  (%s)", 12.5, WordErrors.NORMALISER),
                        "first partial, p50/p95  500 / 700 ms after speech starts",
                        "audio accounted for     100.00 %  (97.50 % heard or silent, 2.50 % lost and declared)",
                        "Postgres = REST = SSE   yes");
    }

    @Test
    void passesOnlyWhatIsTheSameEverywhere_inWhateverOrder() {
        List<String> rows = HEARD.stream().map(DemoScoreTest::row).toList();
        List<String> reversed = List.of(rows.get(1), rows.get(0));

        assertThat(score(HEARD, reversed, HEARD).passed()).isTrue();
        assertThat(score(HEARD, rows.subList(0, 1), HEARD).passed()).isFalse();
        assertThat(score(HEARD, rows, HEARD.subList(0, 1)).passed()).isFalse();
        assertThat(score(HEARD.subList(0, 1), rows, HEARD).passed()).isFalse();
        assertThat(score(List.of()).passed()).as("nothing is no transcript").isFalse();
    }
}
