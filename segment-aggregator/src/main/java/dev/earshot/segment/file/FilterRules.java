package dev.earshot.segment.file;

import dev.earshot.segment.domain.TextFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads filter rules, one a line. Of numbers and of stop words per language the last line counts; patterns add up.
 *
 * <pre>
 * # a remark
 * include standard              the rules of a built-in set
 * min-characters N              shorter text is none
 * max-repeats N                 a character more than N times in a row is none
 * real-words LANGUAGE [WORD]…   text needs a word of three letters or more that is none of these
 * pattern REGEX                 text that matches whole is none, in upper or lower case
 * </pre>
 *
 * Throws {@link IllegalArgumentException} with one sentence that names file, line, value and what was expected.
 */
final class FilterRules {

    /** The sets that come along, and {@code none}. */
    static final Set<String> BUILT_IN = new TreeSet<>(Set.of("none", "standard", "strict"));

    private final String source;
    private int minCharacters;
    private int maxRepeats;
    private final Map<String, Set<String>> stopWords = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private FilterRules(String source) {
        this.source = source;
    }

    static TextFilter builtIn(String name) {
        return name.equals("none") ? TextFilter.NONE : parse(name, linesOf(name));
    }

    static TextFilter parse(String source, List<String> lines) {
        var rules = new FilterRules(source);
        rules.read(lines);
        return new TextFilter(rules.minCharacters, rules.maxRepeats, rules.stopWords, rules.patterns);
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", 2);
                rule(i + 1, parts[0], parts.length == 1 ? "" : parts[1]);
            }
        }
    }

    private void rule(int line, String name, String value) {
        switch (name) {
            case "include" -> include(line, value);
            case "min-characters" -> minCharacters = number(line, name, value);
            case "max-repeats" -> maxRepeats = number(line, name, value);
            case "real-words" -> realWords(line, value);
            case "pattern" -> pattern(line, value);
            default ->
                throw refused(line, name, "include, min-characters, max-repeats, real-words or pattern at its start");
        }
    }

    private void include(int line, String name) {
        if (!BUILT_IN.contains(name)) {
            throw refused(line, "include " + name, "one of " + String.join(", ", BUILT_IN));
        }
        if (!name.equals("none")) {
            read(linesOf(name));
        }
    }

    private int number(int line, String name, String value) {
        if (!value.matches("\\d{1,6}")) {
            throw refused(line, name + " " + value, "a whole number");
        }
        return Integer.parseInt(value);
    }

    private void realWords(int line, String value) {
        String[] words = value.split("\\s+");
        if (!words[0].matches("[a-z]{2,3}")) {
            throw refused(line, "real-words " + words[0], "a language such as en, and its stop words");
        }
        stopWords.put(words[0], Set.copyOf(new TreeSet<>(Arrays.asList(words).subList(1, words.length))));
    }

    private void pattern(int line, String regex) {
        if (regex.isEmpty()) {
            throw refused(line, "pattern", "a regular expression after it");
        }
        try {
            patterns.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException e) {
            throw refused(
                    line,
                    "pattern " + regex,
                    "a regular expression; " + e.getDescription() + " near character " + (e.getIndex() + 1));
        }
    }

    private IllegalArgumentException refused(int line, String value, String expected) {
        return new IllegalArgumentException(
                "TRANSCRIPT_FILTER: " + source + ", line " + line + ": " + value + " (expected: " + expected + ")");
    }

    private static List<String> linesOf(String builtIn) {
        try (InputStream rules = FilterRules.class.getResourceAsStream(builtIn + ".rules")) {
            if (rules == null) {
                throw new IllegalStateException(builtIn + ".rules is not on the class path");
            }
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
