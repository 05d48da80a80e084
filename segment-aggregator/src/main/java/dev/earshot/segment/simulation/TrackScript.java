package dev.earshot.segment.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What really happens on one track. Times are milliseconds on the session's audio time.
 *
 * @param isMixed whether everybody's voice is on it; else it is one participant's own
 * @param names display name by participant id
 * @param firstMs where its audio begins
 * @param endMs where it ends
 * @param stretches speech and lost audio in order, disjoint; between them is silence
 */
record TrackScript(
        String sessionUid,
        String trackId,
        boolean isMixed,
        Map<String, String> names,
        long firstMs,
        long endMs,
        List<Stretch> stretches) {

    private static final int MOST_STRETCHES = 12;
    private static final long WORD_MS = 400;

    /** Part of a track that is not silence. */
    sealed interface Stretch {
        long startMs();

        long endMs();
    }

    /** Somebody speaks. */
    record Speech(long startMs, long endMs, String participantId, List<SpokenWord> words) implements Stretch {}

    /** Somebody makes a noise that is no word; only the page sees it. */
    record Cough(long startMs, long endMs) implements Stretch {}

    /** The audio never reaches anybody. */
    record Lost(long startMs, long endMs) implements Stretch {}

    /**
     * A word.
     *
     * @param text says its track and its number, so that no word is like another
     */
    record SpokenWord(String text, int number, long startMs, long endMs) {

        long middleMs() {
            return (startMs + endMs) / 2;
        }
    }

    static TrackScript write(String sessionUid, String trackId, boolean isMixed, Dice dice) {
        List<String> people =
                isMixed ? List.of(trackId + "-ada", trackId + "-bob", trackId + "-eve") : List.of(trackId + "-owner");
        long firstMs = dice.between(0L, 5000L);
        var stretches = new ArrayList<Stretch>();
        long atMs = firstMs + 100;
        int words = 0;
        for (int left = dice.between(0, MOST_STRETCHES); left > 0; left--) {
            if (dice.percent(20)) {
                long endMs = atMs + 200 * dice.between(1L, 6L);
                stretches.add(new Lost(atMs, endMs));
                atMs = endMs;
            } else {
                long startMs = atMs + (dice.percent(5) ? 20_000 : dice.between(100L, 3000L));
                long lengthMs = dice.percent(10) ? 15_000 : dice.between(300L, 6000L);
                String speaker = people.get(dice.between(0, people.size()));
                var spoken = words(trackId, words, startMs, startMs + lengthMs);
                stretches.add(new Speech(startMs, startMs + lengthMs, speaker, spoken));
                words += spoken.size();
                atMs = startMs + lengthMs;
            }
        }
        var names = people.stream().collect(Collectors.toUnmodifiableMap(id -> id, id -> "name of " + id));
        return new TrackScript(sessionUid, trackId, isMixed, names, firstMs, atMs + 400, List.copyOf(stretches));
    }

    private static List<SpokenWord> words(String trackId, int firstNumber, long startMs, long endMs) {
        int count = (int) Math.max(1, (endMs - startMs) / WORD_MS);
        long eachMs = (endMs - startMs) / count;
        var words = new ArrayList<SpokenWord>();
        for (int i = 0; i < count; i++) {
            int number = firstNumber + i;
            long wordMs = startMs + i * eachMs;
            words.add(new SpokenWord(trackId + "-w" + number, number, wordMs, wordMs + eachMs));
        }
        return words;
    }

    List<Speech> speech() {
        return stretches.stream()
                .filter(Speech.class::isInstance)
                .map(Speech.class::cast)
                .toList();
    }
}
