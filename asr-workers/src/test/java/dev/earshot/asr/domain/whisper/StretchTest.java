package dev.earshot.asr.domain.whisper;

import static dev.earshot.asr.domain.whisper.Tokens.A;
import static dev.earshot.asr.domain.whisper.Tokens.B;
import static dev.earshot.asr.domain.whisper.Tokens.VOCABULARY;
import static dev.earshot.asr.domain.whisper.Tokens.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.RecognizedWord;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StretchTest {

    private static final int WINDOW_MS = 30_000;

    @Test
    void whatFollowsTheLastPairOfTimes_isLeftToTheNextWindow() {
        Stretch.Cut cut = cut(WINDOW_MS, at(0.5), A, B, at(4.0), at(4.6), B, at(9.0), at(9.0), A, A);

        assertThat(cut.stretches()).extracting(Stretch::startMs).containsExactly(500, 4600);
        assertThat(cut.stretches()).extracting(Stretch::endMs).containsExactly(4000, 9000);
        assertThat(cut.stretches().get(0).tokens()).containsExactly(A, B);
        assertThat(cut.nextMs()).isEqualTo(9000);
    }

    @Test
    void oneTimeAtTheEnd_meansThatNothingWasCut() {
        Stretch.Cut cut = cut(WINDOW_MS, at(0), A, at(2.0), at(2.0), B, at(28.0));

        assertThat(cut.stretches()).hasSize(2);
        assertThat(cut.stretches().get(1).endMs()).isEqualTo(28_000);
        assertThat(cut.nextMs()).isEqualTo(WINDOW_MS);
    }

    @Test
    void withoutAPair_everythingIsTaken() {
        Stretch.Cut cut = cut(5000, at(1.0), A, B);

        assertThat(cut.stretches()).hasSize(1);
        assertThat(cut.stretches().get(0).startMs()).isEqualTo(1000);
        assertThat(cut.stretches().get(0).endMs()).isEqualTo(5000);
        assertThat(cut.nextMs()).isEqualTo(5000);
    }

    @Test
    void timesBeyondTheAudio_areItsEnd() {
        assertThat(cut(1500, at(0), A, at(3.0)).stretches().get(0).endMs()).isEqualTo(1500);
    }

    @Test
    void timesWithoutText_areNoStretch() {
        assertThat(cut(WINDOW_MS, at(0), at(30)).stretches()).isEmpty();
        assertThat(cut(WINDOW_MS).stretches()).isEmpty();
    }

    @Test
    void wordsShareTheStretch_byTheirLength() {
        List<RecognizedWord> words =
                cut(WINDOW_MS, at(1.0), A, B, at(2.4)).stretches().get(0).words(VOCABULARY);

        assertThat(words).extracting(RecognizedWord::text).containsExactly("alpha", "be");
        assertThat(words).extracting(RecognizedWord::startMs).containsExactly(1000, 2000);
        assertThat(words).extracting(RecognizedWord::endMs).containsExactly(2000, 2400);
    }

    private static Stretch.Cut cut(int lengthMs, Integer... said) {
        var attempt = new Attempt(
                List.of(said), Collections.nCopies(said.length, -0.5f), -0.5f, 0, 0, VOCABULARY.decode(List.of(said)));
        return Stretch.cut(attempt, VOCABULARY, lengthMs);
    }
}
