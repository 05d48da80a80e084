package dev.earshot.bench.wer;

import dev.earshot.standalone.report.WordErrors;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Errors in what was heard of some utterances.
 *
 * @param words word by word
 * @param letters the same letter by letter: a letter counts as a word
 */
public record Heard(WordErrors words, WordErrors letters) {

    static final Heard NOTHING = new Heard(new WordErrors(0, 0, 0), new WordErrors(0, 0, 0));

    /** With one more utterance. */
    Heard plus(String said, String heard) {
        return new Heard(
                words.plus(WordErrors.between(said, heard)),
                letters.plus(WordErrors.between(spelled(said), spelled(heard))));
    }

    private static String spelled(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}']+", "")
                .codePoints()
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));
    }
}
