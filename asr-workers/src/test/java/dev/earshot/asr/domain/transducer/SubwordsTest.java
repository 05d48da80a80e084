package dev.earshot.asr.domain.transducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.earshot.asr.domain.RecognizedWord;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubwordsTest {

    private static final Subwords PIECES = Subwords.parse(
            List.of("<unk> 0", "▁And 1", "▁so 2", ", 3", "▁fellow 4", "▁Amer 5", "icans 6", "▁ 7", ". 8", "<blk> 9"));

    @Test
    void piecesBecomeWords_withTheirTimes() {
        List<RecognizedWord> words =
                words(at(1, 2, 1), at(2, 5, 2), at(3, 8, 1), at(4, 9, 4), at(5, 11, 2), at(6, 13, 3));

        assertThat(words).extracting(RecognizedWord::text).containsExactly("And", "so,", "fellow", "Americans");
        assertThat(words).extracting(RecognizedWord::startMs).containsExactly(160, 400, 720, 880);
        // "fellow" would last until 1040 ms, but the next word begins before.
        assertThat(words).extracting(RecognizedWord::endMs).containsExactly(240, 720, 880, 1280);
    }

    @Test
    void markThatStandsAlone_belongsToTheWordBefore() {
        assertThat(words(at(1, 0, 1), at(7, 3, 1), at(8, 4, 1)))
                .extracting(RecognizedWord::text)
                .containsExactly("And.");
    }

    @Test
    void wordsOfOneFrame_followEachOther() {
        List<RecognizedWord> words = words(at(1, 4, 1), at(2, 4, 1), at(4, 4, 1), at(5, 5, 1));

        assertThat(words).extracting(RecognizedWord::startMs).containsExactly(320, 321, 322, 400);
        assertThat(words).allSatisfy(word -> assertThat(word.endMs()).isGreaterThan(word.startMs()));
    }

    @Test
    void unknownPieces_areNotShown() {
        assertThat(words(at(0, 0, 1))).isEmpty();
        assertThat(words(at(7, 0, 1))).isEmpty();
    }

    @Test
    void confidenceIsTheMeanOverThePieces() {
        var tokens = List.of(
                new SpokenToken(5, 0, 1, (float) Math.log(0.9)), new SpokenToken(6, 1, 1, (float) Math.log(0.4)));

        assertThat(PIECES.words(tokens, 80).get(0).confidence()).isCloseTo((float) Math.sqrt(0.36), within(1e-6f));
    }

    @Test
    void refusesListsThatAreNone() {
        assertThatThrownBy(() -> Subwords.parse(List.of("▁And 0", "▁so 2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2: \"▁so 2\" (expected: <piece> 1)");
        assertThatThrownBy(() -> Subwords.parse(List.of("<blk> 0", "▁so 1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the last token is ▁so (expected: <blk>)");
        assertThatThrownBy(() -> Subwords.parse(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<RecognizedWord> words(SpokenToken... tokens) {
        return PIECES.words(List.of(tokens), 80);
    }

    private static SpokenToken at(int id, int frame, int frames) {
        return new SpokenToken(id, frame, frames, 0);
    }
}
