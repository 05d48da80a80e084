package dev.earshot.asr.domain.ctc;

import java.util.Arrays;
import java.util.List;

/**
 * Log probabilities of a word after the word before it, for the pairs that were seen; open addressing over one long per
 * pair. Immutable, thread-safe.
 */
public final class Bigrams {

    /** What stands before the first word. */
    static final int START = 0;
    /** Stands before a word whose predecessor the lexicon does not know: no pair has it. */
    static final int UNKNOWN = -1;

    private static final String START_MARK = "<s>";
    private static final long FREE = -1;

    private final long[] pairs;
    private final float[] logProbs;

    private Bigrams(int capacity) {
        this.pairs = new long[capacity];
        this.logProbs = new float[capacity];
        Arrays.fill(pairs, FREE);
    }

    /** No pairs: every word is judged alone. */
    public static Bigrams none() {
        return new Bigrams(2);
    }

    /**
     * Reads lines {@code previous<TAB>word<TAB>logprob}, {@code <s>} for the start; pairs with a word that the lexicon lacks
     * are left out, for the search never asks for them. Throws {@link IllegalArgumentException} with a sentence for anything
     * else.
     */
    public static Bigrams parse(List<String> lines, Lexicon lexicon) {
        var bigrams = new Bigrams(Integer.highestOneBit(Math.max(1, lines.size())) * 4);
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\t", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + parts.length
                        + " columns (expected: previous, word, log probability)");
            }
            int previous = START_MARK.equals(parts[0]) ? START : context(lexicon.id(parts[0]));
            int word = lexicon.id(parts[1]);
            if (previous != UNKNOWN && word != Lexicon.NONE) {
                bigrams.put(pair(previous, word), Float.parseFloat(parts[2]));
            }
        }
        return bigrams;
    }

    /** How a word is named when it stands before another. */
    static int context(int word) {
        return word == Lexicon.NONE ? UNKNOWN : word + 1;
    }

    /** The pair's log probability, or NaN when it was never seen. */
    float logProb(int previous, int word) {
        if (previous == UNKNOWN) {
            return Float.NaN;
        }
        long pair = pair(previous, word);
        int slot = slot(pair);
        return pairs[slot] == pair ? logProbs[slot] : Float.NaN;
    }

    private void put(long pair, float logProb) {
        int slot = slot(pair);
        pairs[slot] = pair;
        logProbs[slot] = logProb;
    }

    private int slot(long pair) {
        int mask = pairs.length - 1;
        int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (pairs[slot] != FREE && pairs[slot] != pair) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long pair(int previous, int word) {
        return ((long) previous << 32) | word;
    }
}
