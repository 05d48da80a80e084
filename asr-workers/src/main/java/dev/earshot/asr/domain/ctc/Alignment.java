package dev.earshot.asr.domain.ctc;

import java.util.Arrays;

/**
 * Where each token of a known text lies in the rows: the best path through the CTC lattice (Viterbi). Not thread-safe: it
 * keeps its tables for the next text.
 */
final class Alignment {

    private static final float NEVER = -1e30f;

    private float[] scores = new float[0];
    private float[] nextScores = new float[0];
    private byte[] steps = new byte[0];
    private int[] firstRows = new int[0];
    private int[] lastRows = new int[0];
    private float[] logProbs = new float[0];

    /**
     * Aligns the tokens; afterwards {@link #firstRow}, {@link #lastRow} and {@link #logProb} tell of each. Returns false
     * when the text does not fit into the rows.
     */
    boolean align(LogProbs rows, int[] tokens) {
        int states = 2 * tokens.length + 1;
        reserve(rows.rows(), states, tokens.length);
        Arrays.fill(scores, 0, states, NEVER);
        scores[0] = rows.at(0, Alphabet.BLANK);
        if (states > 1) {
            scores[1] = rows.at(0, tokens[0]);
        }
        for (int row = 1; row < rows.rows(); row++) {
            advance(rows, row, tokens, states);
            float[] spent = scores;
            scores = nextScores;
            nextScores = spent;
        }
        int last = states > 1 && scores[states - 2] > scores[states - 1] ? states - 2 : states - 1;
        if (scores[last] < NEVER / 2) {
            return false;
        }
        trace(rows, tokens, states, last);
        return true;
    }

    private void advance(LogProbs rows, int row, int[] tokens, int states) {
        float blank = rows.at(row, Alphabet.BLANK);
        for (int state = 0; state < states; state++) {
            boolean isToken = (state & 1) == 1;
            float best = scores[state];
            byte step = 0;
            if (state > 0 && scores[state - 1] > best) {
                best = scores[state - 1];
                step = 1;
            }
            // From token to token without a blank between, unless they are the same.
            if (isToken && state > 1 && tokens[state / 2] != tokens[state / 2 - 1] && scores[state - 2] > best) {
                best = scores[state - 2];
                step = 2;
            }
            nextScores[state] = best + (isToken ? rows.at(row, tokens[state / 2]) : blank);
            steps[row * states + state] = step;
        }
    }

    private void trace(LogProbs rows, int[] tokens, int states, int last) {
        Arrays.fill(firstRows, 0, tokens.length, -1);
        Arrays.fill(logProbs, 0, tokens.length, NEVER);
        int state = last;
        for (int row = rows.rows() - 1; row >= 0; row--) {
            if ((state & 1) == 1) {
                int token = state / 2;
                if (firstRows[token] < 0) {
                    lastRows[token] = row;
                }
                firstRows[token] = row;
                logProbs[token] = Math.max(logProbs[token], rows.at(row, tokens[token]));
            }
            state -= row == 0 ? 0 : steps[row * states + state];
        }
    }

    int firstRow(int token) {
        return firstRows[token];
    }

    int lastRow(int token) {
        return lastRows[token];
    }

    /** The token's log probability where it is clearest. */
    float logProb(int token) {
        return logProbs[token];
    }

    private void reserve(int rows, int states, int tokens) {
        if (scores.length < states) {
            scores = new float[states * 2];
            nextScores = new float[states * 2];
        }
        if (steps.length < rows * states) {
            steps = new byte[rows * states * 2];
        }
        if (firstRows.length < tokens) {
            firstRows = new int[tokens * 2];
            lastRows = new int[tokens * 2];
            logProbs = new float[tokens * 2];
        }
    }
}
