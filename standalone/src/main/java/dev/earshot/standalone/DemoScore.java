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
            Truth truth,
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
                errors(truth.turns(), streamed),
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

    /** A name is right if its owner was speaking, by the script's clock, when the segment's last words were captured. */
    private static double namesRight(Truth truth, List<TranscriptFrame.Text> heard) {
        long right = heard.stream()
                .filter(text ->
                        truth.speakingAt(text.endCapturedAtMicros() / 1000).contains(String.valueOf(text.speaker())))
                .count();
        return heard.isEmpty() ? 0 : (double) right / heard.size();
    }

    /**
     * What was said and when.
     *
     * @param turns the script
     * @param beganAtMs wall clock of the first turn's beginning, milliseconds since the epoch
     */
    record Truth(List<SpokenTurn> turns, long beganAtMs) {

        /** From mouth to capture audio is on its way for a while, and the ends of turns are silent. */
        private static final long SLACK_MS = 700;

        private Set<String> speakingAt(long epochMs) {
            long at = epochMs - beganAtMs;
            return turns.stream()
                    .filter(turn ->
                            at >= turn.startMs() - SLACK_MS && at <= turn.startMs() + turn.durationMs() + SLACK_MS)
                    .map(SpokenTurn::speaker)
                    .collect(Collectors.toSet());
        }
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
