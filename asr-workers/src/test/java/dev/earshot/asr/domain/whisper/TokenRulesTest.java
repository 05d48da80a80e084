package dev.earshot.asr.domain.whisper;

import static dev.earshot.asr.domain.whisper.Tokens.A;
import static dev.earshot.asr.domain.whisper.Tokens.B;
import static dev.earshot.asr.domain.whisper.Tokens.END;
import static dev.earshot.asr.domain.whisper.Tokens.NOTE;
import static dev.earshot.asr.domain.whisper.Tokens.SIZE;
import static dev.earshot.asr.domain.whisper.Tokens.SPACE;
import static dev.earshot.asr.domain.whisper.Tokens.TIME;
import static dev.earshot.asr.domain.whisper.Tokens.VOCABULARY;
import static dev.earshot.asr.domain.whisper.Tokens.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenRulesTest {

    private static final List<Integer> NEVER = List.of(NOTE, VOCABULARY.translate());
    private static final List<Integer> NEVER_FIRST = List.of(SPACE, END);

    @Test
    void firstComesATime_ofAtMostOneSecond() {
        float[] scores = allowed(true);

        assertThat(allowedFrom(scores, 0, TIME)).isEmpty();
        assertThat(allowedFrom(scores, TIME, SIZE)).hasSize(51).startsWith(TIME).endsWith(at(1.0));
    }

    @Test
    void afterATimeComesText_afterTextAndATimeAnotherTimeOrTheEnd() {
        assertThat(allowedFrom(allowed(true, at(0.2)), TIME, SIZE)).isEmpty();
        assertThat(allowedFrom(allowed(true, at(0.2)), 0, END + 1)).containsExactly(SPACE, A, B, 4, 5, 6, 7, 8, 9, END);

        float[] ended = allowed(true, at(0.2), A, at(1.5));
        assertThat(allowedFrom(ended, 0, END)).isEmpty();
        // The next stretch may begin when this one ended.
        assertThat(allowedFrom(ended, TIME, SIZE)).startsWith(at(1.5));

        assertThat(allowedFrom(allowed(true, at(0.2), A, at(1.5), at(1.5)), TIME, SIZE))
                .isEmpty();
    }

    @Test
    void timesDoNotGoBack_andNothingTakesNoTime() {
        float[] scores = allowed(true, at(2.0), A);

        assertThat(allowedFrom(scores, TIME, SIZE)).startsWith(at(2.02));
    }

    @Test
    void timeIsTaken_whenTimesTogetherAreLikelierThanAnyText() {
        float[] scores = new float[SIZE];
        Arrays.fill(scores, TIME, SIZE, -6);
        scores[A] = 1;
        // 1500 times e^-6 is more than e^1.
        rules(true).apply(scores, 0, SIZE, List.of(at(0), B));
        assertThat(allowedFrom(scores, 0, TIME)).isEmpty();

        scores = new float[SIZE];
        Arrays.fill(scores, TIME, SIZE, -12);
        scores[A] = 1;
        rules(true).apply(scores, 0, SIZE, List.of(at(0), B));
        assertThat(allowedFrom(scores, 0, TIME)).contains(A, END);
    }

    @Test
    void withoutTimes_textOnly() {
        float[] first = allowed(false);
        assertThat(allowedFrom(first, TIME, SIZE)).isEmpty();
        assertThat(allowedFrom(first, 0, TIME)).contains(A, B).doesNotContain(SPACE, END);
        assertThat(allowedFrom(allowed(false, A), 0, TIME)).contains(SPACE, END);
    }

    @Test
    void whatIsNoSpeech_isNeverSaid() {
        for (float[] scores : List.of(allowed(false), allowed(false, A), allowed(true, at(0)))) {
            assertThat(allowedFrom(scores, 0, TIME))
                    .doesNotContain(
                            NOTE, VOCABULARY.translate(), VOCABULARY.startOfTranscript(), VOCABULARY.noTimestamps());
        }
    }

    @Test
    void rowsBeside_areLeftAlone() {
        float[] scores = new float[3 * SIZE];
        rules(true).apply(scores, SIZE, SIZE, List.of());

        assertThat(Arrays.copyOf(scores, SIZE)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(scores, 2 * SIZE, 3 * SIZE)).containsOnly(0f);
    }

    private static TokenRules rules(boolean timestamps) {
        return new TokenRules(VOCABULARY, NEVER, NEVER_FIRST, timestamps);
    }

    /** Scores of which text is a little likelier than all times together. */
    private static float[] allowed(boolean timestamps, Integer... said) {
        float[] scores = new float[SIZE];
        Arrays.fill(scores, 0, TIME, 10);
        rules(timestamps).apply(scores, 0, SIZE, List.of(said));
        return scores;
    }

    private static List<Integer> allowedFrom(float[] scores, int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .filter(token -> scores[token] > Float.NEGATIVE_INFINITY)
                .boxed()
                .toList();
    }
}
