package dev.earshot.segment.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells text that nobody said from speech: what models make of noise and silence.
 *
 * @param minCharacters shorter text is none; 0 for no limit
 * @param maxRepeats a character more often than this in a row is none; 0 for no limit
 * @param stopWords by language, ISO 639-1: text in this language needs a word of three letters or more that is not among them
 * @param patterns what matches one of them whole is none
 */
public record TextFilter(
        int minCharacters, int maxRepeats, Map<String, Set<String>> stopWords, List<Pattern> patterns) {

    /** Lets everything through. */
    public static final TextFilter NONE = new TextFilter(0, 0, Map.of(), List.of());

    private static final int REAL_WORD_LETTERS = 3;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{M}]+");

    /** Why text was kept out. */
    public enum Objection {
        TOO_SHORT,
        REPEATED_CHARACTER,
        PATTERN,
        NO_REAL_WORD
    }

    public TextFilter {
        if (minCharacters < 0 || maxRepeats < 0) {
            throw new IllegalArgumentException(
                    "minCharacters, maxRepeats: " + minCharacters + ", " + maxRepeats + " (expected: 0 or more)");
        }
        stopWords = Map.copyOf(stopWords);
        patterns = List.copyOf(patterns);
    }

    /** Why this is not speech; empty when it is. Blank text is not asked about. */
    public Optional<Objection> objection(String text, @Nullable String language) {
        String said = text.strip();
        if (said.codePointCount(0, said.length()) < minCharacters) {
            return Optional.of(Objection.TOO_SHORT);
        }
        if (maxRepeats > 0 && longestRun(said) > maxRepeats) {
            return Optional.of(Objection.REPEATED_CHARACTER);
        }
        if (patterns.stream().anyMatch(pattern -> pattern.matcher(said).matches())) {
            return Optional.of(Objection.PATTERN);
        }
        Set<String> stops = language == null ? null : stopWords.get(language);
        return stops == null || hasRealWord(said, stops) ? Optional.empty() : Optional.of(Objection.NO_REAL_WORD);
    }

    private static int longestRun(String text) {
        int[] characters = text.codePoints().toArray();
        int longest = 0;
        int run = 0;
        for (int i = 0; i < characters.length; i++) {
            run = i > 0 && characters[i] == characters[i - 1] ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean hasRealWord(String text, Set<String> stops) {
        return Arrays.stream(SPACE.split(text))
                .filter(word -> !word.startsWith("<") && !word.startsWith("["))
                .map(word -> NO_LETTER.matcher(word).replaceAll("").toLowerCase(Locale.ROOT))
                .anyMatch(word -> word.codePointCount(0, word.length()) >= REAL_WORD_LETTERS && !stops.contains(word));
    }

    /** Shows the rules, not what is in them. */
    @Override
    public String toString() {
        return "min-characters " + minCharacters + ", max-repeats " + maxRepeats + ", real-words in "
                + stopWords.keySet().stream().sorted().collect(Collectors.joining(" ")) + ", " + patterns.size()
                + " patterns";
    }
}
