package dev.earshot.asr.domain.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earshot.asr.domain.RecognizedWord;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeliefTest {

    @Test
    void ordinarySpeech_isBelieved() {
        Attempt attempt = attempt("Thank you all for coming, let us begin.", -0.3f, 0.1f);

        assertThat(attempt.meanLogProb()).isCloseTo(-0.3, within(1e-6));
        assertThat(attempt.compressionRatio()).isLessThan(1.1);
        assertThat(Belief.needsAnother(attempt)).isFalse();
        assertThat(Belief.isSilence(attempt)).isFalse();
    }

    @Test
    void endCountsInTheMean() {
        var attempt = new Attempt(List.of(1, 2), List.of(-1f, -2f), -3f, 0, 0, "ab");
        assertThat(attempt.meanLogProb()).isCloseTo(-2, within(1e-6));
    }

    @Test
    void unlikelyText_isTriedAgain_unlessNobodySpeaks() {
        assertThat(Belief.needsAnother(attempt("subtitles by the community", -1.4f, 0.2f)))
                .isTrue();
        assertThat(Belief.needsAnother(attempt("subtitles by the community", -1.4f, 0.8f)))
                .isFalse();
        assertThat(Belief.isSilence(attempt("subtitles by the community", -1.4f, 0.8f)))
                .isTrue();
    }

    @Test
    void likelyText_isSpeech_howeverSilentTheStartLooks() {
        assertThat(Belief.isSilence(attempt("Yes.", -0.4f, 0.9f))).isFalse();
    }

    @Test
    void textThatRepeatsItself_isTriedAgain() {
        // Ratio as Python's zlib gives it: len(text) / len(zlib.compress(text)).
        Attempt loop = attempt("Thank you. ".repeat(12).trim(), -0.1f, 0.1f);

        assertThat(loop.compressionRatio()).isGreaterThan(5);
        assertThat(Belief.needsAnother(loop)).isTrue();
        assertThat(Belief.isLoop(loop)).isTrue();
    }

    @Test
    void nothing_isNoLoop() {
        assertThat(attempt("", -0.1f, 0).compressionRatio()).isZero();
    }

    @Test
    void temperaturesRise() {
        assertThat(Belief.attempts()).isEqualTo(6);
        assertThat(Belief.temperature(0)).isZero();
        assertThat(Belief.temperature(5)).isEqualTo(1);
    }

    @Test
    void loopsThatStay_areTakenOut() {
        assertThat(removed("no no no we do not")).isEqualTo("no no no we do not");
        assertThat(removed("so no no no no no we")).isEqualTo("so no we");
        assertThat(removed("I know. I know. I know. I know. I know. yes")).isEqualTo("I know. yes");
        assertThat(removed("a b c a b c a b c a b c")).isEqualTo("a b c");
        assertThat(removed("")).isEmpty();
    }

    private static String removed(String text) {
        List<RecognizedWord> words = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(word -> new RecognizedWord(word, 0, 1, 1))
                        .toList();
        return String.join(
                " ", Loops.removed(words).stream().map(RecognizedWord::text).toList());
    }

    private static Attempt attempt(String text, float logProb, float noSpeech) {
        int tokens = text.length() / 4;
        return new Attempt(
                Collections.nCopies(tokens, 1), Collections.nCopies(tokens, logProb), logProb, noSpeech, 0, text);
    }
}
