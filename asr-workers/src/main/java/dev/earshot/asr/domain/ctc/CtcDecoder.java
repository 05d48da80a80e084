package dev.earshot.asr.domain.ctc;

import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import java.util.ArrayList;

/**
 * Turns rows into words with times and confidence: searches the text, aligns it with the rows, puts capitals back. Thread-safe.
 */
public final class CtcDecoder {

    /** The doubt that so many letters may bring is not allowed: two or three are soon heard in a chord. */
    private static final double FIRST_LETTERS = 1.25;
    /** What a lone letter is allowed all the same: somebody's "I" has next to no doubt around it. */
    private static final double LONE_LETTER = 0.25;
    /** Rows whose blank is likelier have no entropy to speak of. */
    private static final float SURE = -0.001f;

    private final Alphabet alphabet;
    private final CtcSearch search;
    private final Truecase truecase;
    private final int rowMs;
    private final double mostDoubt;

    /**
     * @param rowMs milliseconds of audio per row
     * @param mostDoubt entropy of the rows per letter, in nats, above which a text was never said; infinite to believe all
     */
    public CtcDecoder(Alphabet alphabet, CtcSearch search, Truecase truecase, int rowMs, double mostDoubt) {
        this.alphabet = alphabet;
        this.search = search;
        this.truecase = truecase;
        this.rowMs = rowMs;
        this.mostDoubt = mostDoubt;
    }

    public Transcription decode(LogProbs rows) {
        int[] tokens = rows.rows() == 0 ? new int[0] : search.tokens(rows);
        var alignment = new Alignment();
        if (tokens.length == 0 || !alignment.align(rows, tokens) || isDoubtful(rows, tokens)) {
            return Transcription.EMPTY;
        }
        var words = new ArrayList<RecognizedWord>();
        int from = 0;
        for (int i = 0; i <= tokens.length; i++) {
            if (i == tokens.length || tokens[i] == Alphabet.SPACE) {
                words.add(word(tokens, from, i, words.isEmpty(), alignment));
                from = i + 1;
            }
        }
        return new Transcription(words);
    }

    /**
     * A model that was taught with speech only hears some in anything. But where somebody speaks, nearly all rows are sure,
     * of a letter or of none; in noise, tones and music most rows leave it open.
     */
    private boolean isDoubtful(LogProbs rows, int[] tokens) {
        int letters = 0;
        for (int token : tokens) {
            letters += token == Alphabet.SPACE ? 0 : 1;
        }
        return Double.isFinite(mostDoubt) && entropy(rows) > mostDoubt * Math.max(LONE_LETTER, letters - FIRST_LETTERS);
    }

    private static double entropy(LogProbs rows) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            if (rows.at(row, Alphabet.BLANK) < SURE) {
                for (int token = 0; token < rows.width(); token++) {
                    sum -= Math.exp(rows.at(row, token)) * rows.at(row, token);
                }
            }
        }
        return sum;
    }

    private RecognizedWord word(int[] tokens, int from, int to, boolean first, Alignment alignment) {
        var letters = new StringBuilder(to - from);
        float logProb = 0;
        for (int i = from; i < to; i++) {
            letters.append(alphabet.letter(tokens[i]));
            logProb += alignment.logProb(i);
        }
        return new RecognizedWord(
                truecase.show(letters.toString(), first),
                alignment.firstRow(from) * rowMs,
                (alignment.lastRow(to - 1) + 1) * rowMs,
                (float) Math.exp(Math.min(0, logProb / (to - from))));
    }
}
