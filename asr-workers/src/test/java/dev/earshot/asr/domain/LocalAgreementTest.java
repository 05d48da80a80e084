package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAgreementTest {

    private final LocalAgreement agreement = new LocalAgreement();

    @Test
    void nothingIsStable_atFirst() {
        assertThat(agreement.agree(words("so we"), 10_000).stableWords()).isZero();
    }

    @Test
    void wordsBecomeStable_whenSaidTwice() {
        agreement.agree(words("so we met"), 10_000);

        assertThat(agreement.agree(words("so we meet again"), 10_000).stableWords())
                .isEqualTo(2);
    }

    @Test
    void wordsNearTheEnd_areNeverStable() {
        agreement.agree(words("so we meet"), 250);

        assertThat(agreement.agree(words("so we meet again"), 250).stableWords())
                .isEqualTo(2);
    }

    @Test
    void stableWords_stay_whateverComesLater() {
        agreement.agree(words("so we meet"), 10_000);
        agreement.agree(words("so we meet"), 10_000);

        var shown = agreement.agree(words("oh he meet again now"), 10_000);

        assertThat(text(shown)).isEqualTo("so we meet again now");
        assertThat(shown.stableWords()).isEqualTo(3);
    }

    @Test
    void stableWords_stay_evenWhenNothingIsHeard() {
        agreement.agree(words("so we"), 10_000);
        agreement.agree(words("so we"), 10_000);

        assertThat(text(agreement.agree(List.of(), 10_000))).isEqualTo("so we");
    }

    private static String text(LocalAgreement.Shown shown) {
        return new Transcription(shown.words()).text();
    }

    /** Words of 100 ms each, one after the other. */
    private static List<RecognizedWord> words(String text) {
        var words = new ArrayList<RecognizedWord>();
        for (String word : text.split(" ")) {
            words.add(new RecognizedWord(word, words.size() * 100, words.size() * 100 + 100, 1));
        }
        return words;
    }
}
