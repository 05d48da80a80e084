package dev.earshot.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.standalone.client.Account;
import dev.earshot.standalone.client.MeetingFollower;
import dev.earshot.standalone.client.TranscriptFrame;
import dev.earshot.standalone.demo.SpokenTurn;
import dev.earshot.standalone.report.DemoReport;
import dev.earshot.standalone.report.WordErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what was heard against what was said. Pure. */
final class DemoScore {

    private DemoScore() {}

    static DemoReport of(
            List<SpokenTurn> truth,
            List<TranscriptFrame.Text> streamed,
            List<String> stored,
            JsonNode rest,
            MeetingFollower follower,
            Account account) {
        List<String> overSse = streamed.stream()
                .map(text -> line(text.segmentId(), text.speaker(), text.text()))
                .toList();
        boolean agree = sorted(overSse).equals(sorted(stored)) && sorted(stored).equals(sorted(lines(rest)));
        return new DemoReport(
                errors(truth, streamed),
                namesRight(truth, streamed),
                follower.firstPartialMs(),
                follower.finalMs(),
                account.coverage(),
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

    private static String line(String segmentId, @org.jspecify.annotations.Nullable String speaker, String text) {
        return segmentId + "|" + (speaker == null ? "" : speaker) + "|" + text;
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
