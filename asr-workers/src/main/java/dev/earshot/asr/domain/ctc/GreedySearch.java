package dev.earshot.asr.domain.ctc;

/** Takes the likeliest token of every row, merges repeats, drops blanks. */
public final class GreedySearch implements CtcSearch {

    @Override
    public int[] tokens(LogProbs rows) {
        var found = new int[rows.rows()];
        int count = 0;
        int previous = Alphabet.BLANK;
        for (int row = 0; row < rows.rows(); row++) {
            int best = likeliest(rows, row);
            if (best != previous && best != Alphabet.BLANK) {
                found[count++] = best;
            }
            previous = best;
        }
        return TokenSequences.trimmed(found, count);
    }

    private static int likeliest(LogProbs rows, int row) {
        int best = 0;
        for (int token = 1; token < rows.width(); token++) {
            if (rows.at(row, token) > rows.at(row, best)) {
                best = token;
            }
        }
        return best;
    }
}
