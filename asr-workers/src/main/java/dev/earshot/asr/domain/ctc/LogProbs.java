package dev.earshot.asr.domain.ctc;

/**
 * Rows of natural log probabilities over a vocabulary, row after row in one array that may be larger than what it is used
 * for.
 *
 * @param values the array; row r, token v is at {@code offset + r * width + v}
 * @param offset where row 0 begins
 * @param rows how many rows
 * @param width tokens per row
 */
public record LogProbs(float[] values, int offset, int rows, int width) {

    public float at(int row, int token) {
        return values[offset + row * width + token];
    }
}
