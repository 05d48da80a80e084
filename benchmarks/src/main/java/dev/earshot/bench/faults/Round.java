package dev.earshot.bench.faults;

import dev.earshot.standalone.audit.Audit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one run left behind, track by track in the same order.
 *
 * @param audit of all its meetings
 * @param texts final texts with their places
 * @param shown what a client of each track's meeting was shown
 */
record Round(Audit audit, List<List<String>> texts, List<List<Shown>> shown) {

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

    /** How much later a client was shown something than the client of the same track in another run, at worst. */
    double secondsLate(Round normal) {
        return IntStream.range(0, shown.size())
                        .mapToLong(track ->
                                Shown.latest(shown.get(track), normal.shown().get(track)))
                        .max()
                        .orElse(0)
                / 1e6;
    }
}
