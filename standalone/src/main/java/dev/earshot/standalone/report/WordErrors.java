package dev.earshot.standalone.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The word errors between what was said and what was heard: the fewest substitutions, deletions and insertions that turn one
 * word list into the other.
 *
 * <p>Both sides are normalised the same way: lower case, everything but letters, digits and apostrophes read as a space.
 *
 * @param referenceWords words that were said
 * @param hypothesisWords words that were heard
 * @param errors substitutions + deletions + insertions
 */
public record WordErrors(int referenceWords, int hypothesisWords, int errors) {

    /** Name of the normalisation, to stand beside every figure. */
    public static final String NORMALISER = "lower case, letters, digits and apostrophes";

    /** Compares two texts. */
    public static WordErrors between(String reference, String hypothesis) {
        List<String> said = words(reference);
        List<String> heard = words(hypothesis);
        return new WordErrors(said.size(), heard.size(), editDistance(said, heard));
    }

    /** How many words the two have in common, in the same order; both are normalised. */
    public static int inCommon(String one, String other) {
        List<String> words = words(one);
        List<String> others = words(other);
        int[] row = new int[others.size() + 1];
        for (String word : words) {
            int diagonal = 0;
            for (int j = 1; j <= others.size(); j++) {
                int matched = diagonal + (word.equals(others.get(j - 1)) ? 1 : 0);
                diagonal = row[j];
                row[j] = Math.max(matched, Math.max(row[j], row[j - 1]));
            }
        }
        return row[others.size()];
    }

    /** Adds the errors of another pair of texts. */
    public WordErrors plus(WordErrors other) {
        return new WordErrors(
                referenceWords + other.referenceWords, hypothesisWords + other.hypothesisWords, errors + other.errors);
    }

    /** Word error rate: errors per word said, 0 when nothing was said and nothing heard. May exceed 1. */
    public double rate() {
        return referenceWords == 0 ? errors : (double) errors / referenceWords;
    }

    private static List<String> words(String text) {
        String normal = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                .strip();
        return normal.isEmpty() ? List.of() : List.of(normal.split(" "));
    }

    /** Levenshtein distance over words, one row at a time. */
    private static int editDistance(List<String> from, List<String> to) {
        int[] row = new int[to.size() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= from.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.size(); j++) {
                int replaced = diagonal + (from.get(i - 1).equals(to.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.size()];
    }
}
