package dev.earshot.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.standalone.client.Account;
import dev.earshot.standalone.client.TranscriptFrame;
import dev.earshot.standalone.demo.SpokenTurn;
import dev.earshot.standalone.report.DemoReport;
import dev.earshot.standalone.report.Percentiles;
import dev.earshot.standalone.report.WordErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what was heard against what was said. Pure. */
final class DemoScore {

    /**
     * What a reader of the event stream has seen.
     *
     * @param confirmed text that will never change, in the order of the cursor
     * @param firstPartialMs a first word begins → its first text is here
     * @param finalMs a last word ends → its final text is here
     */
    record Seen(List<TranscriptFrame.Text> confirmed, Percentiles firstPartialMs, Percentiles finalMs) {}

    private DemoScore() {}

    /**
     * Scores a demo.
     *
     * @param truth what was said
     * @param seen over SSE
     * @param stored the rows of PostgreSQL, as {@code segment id|speaker|text}
     * @param rest the answer of the REST API
     * @param account what became of the audio
     */
    static DemoReport of(List<SpokenTurn> truth, Seen seen, List<String> stored, JsonNode rest, Account account) {
        List<TranscriptFrame.Text> streamed = seen.confirmed();
        List<String> overSse = streamed.stream()
                .map(text -> line(text.segmentId(), text.speaker(), text.text()))
                .toList();
        boolean agree = sorted(overSse).equals(sorted(stored)) && sorted(stored).equals(sorted(lines(rest)));
        return new DemoReport(
                errors(truth, streamed),
                namesRight(truth, streamed),
                seen.firstPartialMs(),
                seen.finalMs(),
                account.coverage(),
                account.loss(),
                stored.size(),
                agree);
    }

    /** Speaker by speaker: words under a wrong name are errors on both sides. */
    static WordErrors errors(List<SpokenTurn> truth, List<TranscriptFrame.Text> heard) {
        Set<String> speakers = Stream.concat(
                        truth.stream().map(SpokenTurn::speaker),
                        heard.stream().map(text -> String.valueOf(text.speaker())))
                .collect(Collectors.toSet());
        var sum = new WordErrors(0, 0, 0);
        for (String speaker : speakers) {
            String said = truth.stream()
                    .filter(turn -> turn.speaker().equals(speaker))
                    .map(SpokenTurn::text)
                    .collect(Collectors.joining(" "));
            String transcript = heard.stream()
                    .filter(text -> String.valueOf(text.speaker()).equals(speaker))
                    .map(TranscriptFrame.Text::text)
                    .collect(Collectors.joining(" "));
            sum = sum.plus(WordErrors.between(said, transcript));
        }
        return sum;
    }

    /**
     * A name is right if nobody else's turn has more of the segment's words than one of its owner's. By words and not by the
     * clock: on a busy machine a browser plays late. What has no word that anybody said tells nothing.
     */
    private static double namesRight(List<SpokenTurn> truth, List<TranscriptFrame.Text> heard) {
        int told = 0;
        int right = 0;
        for (TranscriptFrame.Text text : heard) {
            int best = mostInCommon(truth.stream(), text);
            if (best > 0) {
                told++;
                Stream<SpokenTurn> own =
                        truth.stream().filter(turn -> turn.speaker().equals(text.speaker()));
                right += mostInCommon(own, text) == best ? 1 : 0;
            }
        }
        return told == 0 ? 0 : (double) right / told;
    }

    private static int mostInCommon(Stream<SpokenTurn> turns, TranscriptFrame.Text text) {
        return turns.mapToInt(turn -> WordErrors.inCommon(turn.text(), text.text()))
                .max()
                .orElse(0);
    }

    private static List<String> lines(JsonNode rest) {
        var lines = new ArrayList<String>();
        for (JsonNode segment : rest.path("segments")) {
            lines.add(line(
                    segment.path("segment_id").asText(),
                    segment.path("speaker").textValue(),
                    segment.path("text").asText()));
        }
        return lines;
    }

    private static String line(String segmentId, @Nullable String speaker, String text) {
        return segmentId + "|" + (speaker == null ? "" : speaker) + "|" + text;
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
