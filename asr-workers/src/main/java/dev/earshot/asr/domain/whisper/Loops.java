package dev.earshot.asr.domain.whisper;

import dev.earshot.asr.domain.RecognizedWord;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes loops out of what a decoder said that could not be brought to stop repeating itself: of the same one to eight words more
 * than three times in a row, the first time stays. People do say "no, no, no"; nobody says it five times in a meeting's minutes.
 */
public final class Loops {

    private static final int LONGEST = 8;
    private static final int MOST = 3;

    private Loops() {}

    public static List<RecognizedWord> removed(List<RecognizedWord> words) {
        var kept = new ArrayList<RecognizedWord>();
        int at = 0;
        while (at < words.size()) {
            int length = loopAt(words, at);
            if (length == 0) {
                kept.add(words.get(at));
                at++;
            } else {
                kept.addAll(words.subList(at, at + length));
                at += length * times(words, at, length);
            }
        }
        return kept;
    }

    /** How many words are repeated too often from here on; 0 when none are. */
    private static int loopAt(List<RecognizedWord> words, int at) {
        for (int length = 1; length <= LONGEST; length++) {
            if (times(words, at, length) > MOST) {
                return length;
            }
        }
        return 0;
    }

    private static int times(List<RecognizedWord> words, int at, int length) {
        int same = 0;
        while (at + same + length < words.size()
                && words.get(at + same)
                        .text()
                        .equalsIgnoreCase(words.get(at + same + length).text())) {
            same++;
        }
        return 1 + same / length;
    }
}
