package dev.earshot.asr.domain.ctc;

import dev.earshot.asr.domain.RecognizedWord;
import dev.earshot.asr.domain.Transcription;
import java.util.ArrayList;

/**
 * Turns rows into words with times and confidence: searches the text, aligns it with the rows, puts capitals back. Not
 * thread-safe.
 */
public final class CtcDecoder {

    private final Alphabet alphabet;
    private final CtcSearch search;
    private final Truecase truecase;
    private final int rowMs;
    private final Alignment alignment = new Alignment();

    /** @param rowMs milliseconds of audio per row */
    public CtcDecoder(Alphabet alphabet, CtcSearch search, Truecase truecase, int rowMs) {
        this.alphabet = alphabet;
        this.search = search;
        this.truecase = truecase;
        this.rowMs = rowMs;
    }

    public Transcription decode(LogProbs rows) {
        int[] tokens = rows.rows() == 0 ? new int[0] : search.tokens(rows);
        if (tokens.length == 0 || !alignment.align(rows, tokens)) {
            return Transcription.EMPTY;
        }
        var words = new ArrayList<RecognizedWord>();
        int from = 0;
        for (int i = 0; i <= tokens.length; i++) {
            if (i == tokens.length || tokens[i] == Alphabet.SPACE) {
                words.add(word(tokens, from, i, words.isEmpty()));
                from = i + 1;
            }
        }
        return new Transcription(words);
    }

    private RecognizedWord word(int[] tokens, int from, int to, boolean first) {
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
