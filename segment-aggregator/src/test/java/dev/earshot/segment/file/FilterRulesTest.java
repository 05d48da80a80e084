package dev.earshot.segment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.segment.domain.TextFilter;
import dev.earshot.segment.domain.TextFilter.Objection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRulesTest {

    private final TextFilter standard = FilterRules.builtIn("standard");
    private final TextFilter strict = FilterRules.builtIn("strict");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[BLANK_AUDIO]",
                "[blank audio]",
                "(inaudible)",
                "*music*",
                "[ Silence ]",
                "<no audio>",
                "<",
                "> >",
                "...",
                "♪",
                "<3",
                "aaaaaaaaaaaaaaaa"
            })
    void standard_dropsWhatNobodySaid(String text) {
        assertThat(standard.objection(text, "en")).isPresent();
        assertThat(strict.objection(text, "en")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "Hello.",
                "hello hello",
                "test",
                "no",
                "OK",
                "5",
                "I",
                "music",
                "silence please",
                "Nooooo!",
                "是",
                "[music] and then he said",
                "the and for"
            })
    void standard_keepsWhatSomebodyCouldHaveSaid(String text) {
        assertThat(standard.objection(text, "en")).isEmpty();
        assertThat(standard.objection(text, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ok, en, TOO_SHORT",
        "Nooooo!, en, REPEATED_CHARACTER",
        "is it so, en, NO_REAL_WORD",
        "the and for, en, NO_REAL_WORD",
        "<unk> [noi se], en, NO_REAL_WORD",
        "der die das, de, NO_REAL_WORD",
        "les des une, fr, NO_REAL_WORD"
    })
    void strict_dropsFillerToo(String text, String language, Objection why) {
        assertThat(strict.objection(text, language)).contains(why);
    }

    @ParameterizedTest
    @CsvSource({"hello, en", "Hello, en", "the meeting, en", "the and for, it", "die Sitzung, de", "'così è', it"})
    void strict_keepsRealWords_andLanguagesThatItDoesNotKnow(String text, String language) {
        assertThat(strict.objection(text, language)).isEmpty();
        assertThat(strict.objection(text, null)).isEmpty();
    }

    @Test
    void none_keepsEverything() {
        assertThat(FilterRules.builtIn("none").objection("[BLANK_AUDIO]", "en")).isEmpty();
    }

    @Test
    void addsToABuiltInSet_andChangesItsNumbers() {
        TextFilter own = FilterRules.parse(
                "own.rules",
                List.of(
                        "# ours",
                        "",
                        "include strict",
                        "min-characters 2",
                        "pattern thanks? for watching\\.?",
                        "real-words en"));

        assertThat(own.objection("Thank for watching.", "en")).contains(Objection.PATTERN);
        assertThat(own.objection("<3", "en")).contains(Objection.PATTERN);
        assertThat(own.objection("ok", "it")).isEmpty();
        assertThat(own.objection("the and for", "en")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min-characters three | min-characters three (expected: a whole number)",
                "max-repeats -1 | max-repeats -1 (expected: a whole number)",
                "drop hello | drop (expected: include, min-characters, max-repeats, real-words or pattern at its start)",
                "include lax | include lax (expected: one of none, standard, strict)",
                "real-words English the | real-words English (expected: a language such as en, and its stop words)",
                "pattern | pattern (expected: a regular expression after it)",
                "pattern [a | pattern [a (expected: a regular expression; Unclosed character class near character 2)"
            })
    void saysWhichLineMakesNoSense(String line, String sentence) {
        assertThatThrownBy(() -> FilterRules.parse("own.rules", List.of("# ours", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TRANSCRIPT_FILTER: own.rules, line 2: " + sentence);
    }
}
