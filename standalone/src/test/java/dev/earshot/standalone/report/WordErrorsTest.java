package dev.earshot.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordErrorsTest {

    @Test
    void countsNothing_whenTextsDifferInCaseAndMarksOnly() {
        assertThat(WordErrors.between("Hello, world. Don't go!", "hello world don't go"))
                .isEqualTo(new WordErrors(4, 4, 0));
    }

    @Test
    void countsSubstitutionsDeletionsAndInsertions() {
        assertThat(WordErrors.between("one two three four", "one too three").errors())
                .isEqualTo(2);
        assertThat(WordErrors.between("one two", "one two three").errors()).isEqualTo(1);
    }

    @Test
    void ratesAgainstWordsSaid_andMayExceedOne() {
        assertThat(WordErrors.between("one two three four", "one two three").rate())
                .isEqualTo(0.25);
        assertThat(WordErrors.between("one", "two three four").rate()).isEqualTo(3.0);
        assertThat(WordErrors.between("", "").rate()).isZero();
    }

    @Test
    void findsTheWordsThatTwoTextsHaveInCommonInOneOrder() {
        assertThat(WordErrors.inCommon("I can send it on Thursday.", "i can can it thursday"))
                .isEqualTo(4);
        assertThat(WordErrors.inCommon("one two", "two one")).isEqualTo(1);
        assertThat(WordErrors.inCommon("", "one")).isZero();
    }

    @Test
    void addsUp() {
        assertThat(WordErrors.between("a b", "a c").plus(WordErrors.between("d", "")))
                .isEqualTo(new WordErrors(3, 2, 2));
    }
}
