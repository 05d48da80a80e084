package dev.earshot.asr.domain.ctc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CtcSearchTest {

    private static final Alphabet ALPHABET =
            Alphabet.parse(List.of("<blank> 0", "<space> 1", "a 2", "b 3", "c 4", "t 5"));
    private static final Lexicon LEXICON = Lexicon.parse(List.of("cat\t-3", "bat\t-6", "at\t-4", "a\t-3"), ALPHABET);
    private static final BeamSearch.Weights WEIGHTS = new BeamSearch.Weights(32, 1.1f, 6.5f);
    private static final BeamSearch BEAM = new BeamSearch(LEXICON, Bigrams.none(), WEIGHTS);

    @Test
    void merges_repeats_butNotAcrossABlank() {
        assertThat(spell(new GreedySearch(), "aab__b")).isEqualTo("abb");
    }

    @Test
    void trims_spaces() {
        assertThat(spell(new GreedySearch(), " _a_ _ _b ")).isEqualTo("a b");
    }

    @Test
    void findsTheSameAsGreedy_whereTheRowsAreSure() {
        for (String rows : List.of("c_a_t", "__cc_aa_t_ _bb_at__", "a", "____", "cat cat", "")) {
            assertThat(spell(BEAM, rows)).as(rows).isEqualTo(spell(new GreedySearch(), rows));
        }
    }

    @Test
    void findsNothing_whereBlankIsLikelyButNotSure() {
        float[][] rows = {row(0.99, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5), row(0.99, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5)};

        assertThat(spell(BEAM, rows)).isEmpty();
    }

    @Test
    void lexicon_decides_whereTheRowsDoNot() {
        float[][] rows = sure("c_a_t");
        // The first letter is a little more b than c, but bats are rare here.
        rows[0] = row(0.02, 0.02, 0.02, 0.48, 0.44, 0.02);

        assertThat(spell(new GreedySearch(), rows)).isEqualTo("bat");
        assertThat(spell(BEAM, rows)).isEqualTo("cat");
    }

    @Test
    void bigrams_decide_whereFrequencyDoesNot() {
        float[][] rows = sure("a_ _c_a_t");
        rows[4] = row(0.02, 0.02, 0.02, 0.46, 0.46, 0.02);
        Bigrams bigrams = Bigrams.parse(List.of("a\tbat\t-0.5", "<s>\ta\t-1"), LEXICON);

        assertThat(spell(BEAM, rows)).isEqualTo("a cat");
        assertThat(spell(new BeamSearch(LEXICON, bigrams, WEIGHTS), rows)).isEqualTo("a bat");
    }

    @Test
    void wordsOutsideTheLexicon_arePossible() {
        assertThat(spell(BEAM, "t_a_c_t_a")).isEqualTo("tacta");
    }

    @Test
    void noise_givesTidyText() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            float[][] rows = new float[12][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = row(random.doubles(6, 0, 1).map(p -> p * p * p * p).toArray());
            }
            assertThat(spell(BEAM, rows))
                    .doesNotContain("  ")
                    .doesNotStartWith(" ")
                    .doesNotEndWith(" ");
        }
    }

    @Test
    void words_lieWhereTheirLettersAre() {
        var decoder = new CtcDecoder(ALPHABET, BEAM, Truecase.parse(List.of("cat\tCat")), 20, 2);
        var words = decoder.decode(logProbs(sure("__aa_ _c_at__"))).words();

        assertThat(words).extracting(word -> word.text()).containsExactly("A", "Cat");
        assertThat(words.get(0).startMs()).isEqualTo(40);
        assertThat(words.get(0).endMs()).isEqualTo(80);
        assertThat(words.get(1).startMs()).isEqualTo(140);
        assertThat(words.get(1).endMs()).isEqualTo(220);
        assertThat(words.get(1).confidence()).isBetween(0.9f, 1f);
    }

    @Test
    void aTextThatHardlyAnyRowIsSureOf_wasNotSaid() {
        float[][] rows = sure("__aa_ _c_at__");
        double[] open = {0.6, 0.1, 0.1, 0.1, 0.1, 0.1};
        for (int r : new int[] {0, 1, 4, 6, 8, 11, 12}) {
            rows[r] = row(java.util.Arrays.copyOf(open, ALPHABET.size()));
        }

        assertThat(decoder(Double.POSITIVE_INFINITY).decode(logProbs(rows)).text())
                .isEqualTo("A cat");
        assertThat(decoder(2).decode(logProbs(rows)).words()).isEmpty();
        assertThat(decoder(2).decode(logProbs(sure("__aa_ _c_at__"))).text()).isEqualTo("A cat");
    }

    private static CtcDecoder decoder(double mostDoubt) {
        return new CtcDecoder(ALPHABET, BEAM, Truecase.none(), 20, mostDoubt);
    }

    private static String spell(CtcSearch search, String rows) {
        return spell(search, sure(rows));
    }

    private static String spell(CtcSearch search, float[][] rows) {
        var text = new StringBuilder();
        for (int token : search.tokens(logProbs(rows))) {
            text.append(ALPHABET.letter(token));
        }
        return text.toString();
    }

    /** One row per letter, all but sure of it; underscore is blank. */
    private static float[][] sure(String letters) {
        var rows = new float[letters.length()][];
        for (int i = 0; i < rows.length; i++) {
            var probabilities = new double[ALPHABET.size()];
            java.util.Arrays.fill(probabilities, 0.0001);
            char letter = letters.charAt(i);
            probabilities[letter == '_' ? Alphabet.BLANK : ALPHABET.token(letter)] = 1;
            rows[i] = row(probabilities);
        }
        return rows;
    }

    private static float[] row(double... probabilities) {
        double sum = java.util.Arrays.stream(probabilities).sum();
        var row = new float[probabilities.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) Math.log(probabilities[i] / sum);
        }
        return row;
    }

    private static LogProbs logProbs(float[][] rows) {
        int width = ALPHABET.size();
        var values = new float[rows.length * width];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, r * width, width);
        }
        return new LogProbs(values, 0, rows.length, width);
    }
}
