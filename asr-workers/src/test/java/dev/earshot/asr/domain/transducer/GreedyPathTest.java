package dev.earshot.asr.domain.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A vocabulary of two tokens and blank, scores written by hand. */
class GreedyPathTest {

    private static final int A = 0;
    private static final int B = 1;
    private static final int BLANK = 2;

    @Test
    void durationSaysWhichFrameComesNext() {
        var path = new GreedyPath(6, BLANK, 5);
        var frames = new ArrayList<Integer>();

        frames.add(path.frame());
        assertThat(path.take(scores(A, 2), 0)).isTrue();
        frames.add(path.frame());
        assertThat(path.take(scores(BLANK, 3), 0)).isFalse();
        frames.add(path.frame());
        assertThat(path.take(scores(B, 4), 0)).isTrue();

        assertThat(frames).containsExactly(0, 2, 5);
        assertThat(path.isDone()).isTrue();
        assertThat(path.tokens()).extracting(SpokenToken::id).containsExactly(A, B);
        assertThat(path.tokens()).extracting(SpokenToken::frame).containsExactly(0, 5);
        assertThat(path.tokens()).extracting(SpokenToken::frames).containsExactly(2, 4);
    }

    @Test
    void tokenOfNoDuration_staysInTheFrame_blankOfNoDurationMovesOn() {
        var path = new GreedyPath(2, BLANK, 5);

        path.take(scores(A, 0), 0);
        assertThat(path.frame()).isZero();
        assertThat(path.lastToken()).isEqualTo(A);
        path.take(scores(BLANK, 0), 0);
        assertThat(path.frame()).isEqualTo(1);
    }

    @Test
    void plainTransducer_movesOnWithBlankOnly() {
        var path = new GreedyPath(2, BLANK, 0);
        assertThat(path.lastToken()).isEqualTo(BLANK);

        path.take(scores(A), 0);
        path.take(scores(B), 0);
        path.take(scores(BLANK), 0);
        path.take(scores(B), 0);
        path.take(scores(BLANK), 0);

        assertThat(path.isDone()).isTrue();
        assertThat(path.tokens()).extracting(SpokenToken::id).containsExactly(A, B, B);
        assertThat(path.tokens()).extracting(SpokenToken::frame).containsExactly(0, 0, 1);
    }

    @Test
    void networkThatGetsStuck_isMovedOnAfterTenTokens() {
        var path = new GreedyPath(3, BLANK, 5);
        int taken = 0;
        while (!path.isDone()) {
            path.take(scores(A, 0), 0);
            taken++;
        }
        assertThat(taken).isEqualTo(30);
    }

    @Test
    void probabilityIsOverTheTokens_notOverTheDurations() {
        var path = new GreedyPath(1, BLANK, 2);
        path.take(new float[] {99, (float) Math.log(0.7), (float) Math.log(0.2), (float) Math.log(0.1), 50, 60}, 1);

        assertThat(path.tokens().get(0).logProb()).isCloseTo((float) Math.log(0.7), within(1e-6f));
    }

    @Test
    void noFrames_noWords() {
        assertThat(new GreedyPath(0, BLANK, 5).isDone()).isTrue();
        assertThat(new GreedyPath(0, BLANK, 5).tokens()).isEqualTo(List.of());
    }

    private static float[] scores(int token) {
        var scores = new float[BLANK + 1];
        scores[token] = 5;
        return scores;
    }

    private static float[] scores(int token, int duration) {
        var scores = new float[BLANK + 1 + 5];
        scores[token] = 5;
        scores[BLANK + 1 + duration] = 5;
        return scores;
    }
}
