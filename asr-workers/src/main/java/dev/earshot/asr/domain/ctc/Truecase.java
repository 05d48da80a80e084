package dev.earshot.asr.domain.ctc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts capitals back into words of small letters: the first word's, and those of known names. Immutable. */
public final class Truecase {

    private final Map<String, String> shownByWord;

    private Truecase(Map<String, String> shownByWord) {
        this.shownByWord = shownByWord;
    }

    /** Only the first word of an utterance gets a capital. */
    public static Truecase none() {
        return new Truecase(Map.of());
    }

    /** Reads lines {@code word<TAB>Word}. Throws {@link IllegalArgumentException} with a sentence for anything else. */
    public static Truecase parse(List<String> lines) {
        var shown = new HashMap<String, String>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\t", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": " + parts.length + " columns (expected: word, as shown)");
            }
            shown.put(parts[0], parts[1]);
        }
        return new Truecase(shown);
    }

    /** The word as shown. */
    public String show(String word, boolean first) {
        String shown = shownByWord.getOrDefault(word, word);
        return first && !shown.isEmpty() ? Character.toUpperCase(shown.charAt(0)) + shown.substring(1) : shown;
    }
}
