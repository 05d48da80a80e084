package dev.earshot.bench.faults;

import dev.earshot.standalone.audit.Audit;
import dev.earshot.standalone.audit.MeetingAudit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one run left behind.
 *
 * @param audit of all its meetings
 * @param texts final texts with their places, track by track
 * @param waitSeconds the longest that a client waited for what was said
 * @param stillSeconds the longest that a client had no news of somebody who spoke
 * @param recoveries after each time that something broke
 */
record Round(
        Audit audit, List<List<String>> texts, double waitSeconds, double stillSeconds, List<Recovery> recoveries) {

    Round(Audit audit, double waitSeconds, double stillSeconds, List<Recovery> recoveries) {
        this(audit, texts(audit), waitSeconds, stillSeconds, recoveries);
    }

    private static List<List<String>> texts(Audit audit) {
        return audit.meetings().stream()
                .map(MeetingAudit::segments)
                .map(segments -> segments.stream()
                        .map(segment -> segment.startMs() + "-" + segment.endMs() + " " + segment.text())
                        .toList())
                .toList();
    }

    /** Where the final texts are not those of another run: one line for each, at most ten. */
    List<String> differences(Round normal) {
        return IntStream.range(0, texts.size())
                .boxed()
                .flatMap(track -> {
                    List<String> mine = texts.get(track);
                    List<String> theirs = normal.texts().get(track);
                    return Stream.concat(
                            theirs.stream()
                                    .filter(text -> !mine.contains(text))
                                    .map(text -> "track " + track + " lacks " + text),
                            mine.stream()
                                    .filter(text -> !theirs.contains(text))
                                    .map(text -> "track " + track + " has   " + text));
                })
                .limit(10)
                .toList();
    }
}
