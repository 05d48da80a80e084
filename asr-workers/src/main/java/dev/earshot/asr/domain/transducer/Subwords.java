package dev.earshot.asr.domain.transducer;

import dev.earshot.asr.domain.RecognizedWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pieces of a SentencePiece vocabulary, of which {@code ▁} begins a word, and how they spell words with times. Immutable.
 *
 * <p>Read from lines {@code <piece> <id>}, as NeMo's exports write {@code vocab.txt} and sherpa-onnx {@code tokens.txt}; the
 * blank is {@code <blk>} and last. Pieces in angle brackets are never shown.
 */
public final class Subwords {

    private static final String WORD_BEGIN = "\u2581";
    private static final String BLANK = "<blk>";

    private final List<String> pieces;
    private final Set<Integer> hidden;

    private Subwords(List<String> pieces) {
        this.pieces = pieces;
        this.hidden = new HashSet<>();
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).matches("<[^ ]+>")) {
                hidden.add(id);
            }
        }
    }

    /** Throws {@link IllegalArgumentException} with a sentence when the lines are not such a list. */
    public static Subwords parse(List<String> lines) {
        var pieces = new ArrayList<String>();
        for (String line : lines) {
            int gap = line.lastIndexOf(' ');
            if (gap < 1 || !line.substring(gap + 1).equals(Integer.toString(pieces.size()))) {
                throw new IllegalArgumentException(
                        "line " + (pieces.size() + 1) + ": \"" + line + "\" (expected: <piece> " + pieces.size() + ")");
            }
            pieces.add(line.substring(0, gap));
        }
        if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).equals(BLANK)) {
            throw new IllegalArgumentException("the last token is "
                    + (pieces.isEmpty() ? "missing" : pieces.get(pieces.size() - 1)) + " (expected: " + BLANK + ")");
        }
        return new Subwords(List.copyOf(pieces));
    }

    /** The token that stands for none: the last one. */
    public int blank() {
        return pieces.size() - 1;
    }

    /**
     * The words that tokens spell. A word lasts until its last token ends, but never into the next word; punctuation that stands
     * alone belongs to the word before.
     *
     * @param frameMs milliseconds per frame of the encoder
     */
    public List<RecognizedWord> words(List<SpokenToken> tokens, int frameMs) {
        var words = new ArrayList<RecognizedWord>();
        var open = new ArrayList<SpokenToken>();
        for (SpokenToken token : tokens) {
            if (hidden.contains(token.id())) {
                continue;
            }
            if (begins(token) && !open.isEmpty()) {
                close(open, token.frame(), frameMs, words);
            }
            open.add(token);
        }
        close(open, Integer.MAX_VALUE, frameMs, words);
        return words;
    }

    private boolean begins(SpokenToken token) {
        return pieces.get(token.id()).startsWith(WORD_BEGIN);
    }

    private void close(List<SpokenToken> open, int nextFrame, int frameMs, List<RecognizedWord> words) {
        var letters = new StringBuilder();
        float logProb = 0;
        for (SpokenToken token : open) {
            letters.append(pieces.get(token.id()));
            logProb += token.logProb();
        }
        String text = letters.toString().replace(WORD_BEGIN, "");
        if (text.isEmpty()) {
            open.clear();
            return;
        }
        SpokenToken last = open.get(open.size() - 1);
        int before = words.isEmpty() ? 0 : words.get(words.size() - 1).endMs();
        int startMs = Math.max(before, open.get(0).frame() * frameMs);
        int endMs = (int) Math.min((long) nextFrame * frameMs, (long) (last.frame() + last.frames()) * frameMs);
        float confidence = (float) Math.exp(Math.min(0, logProb / open.size()));
        open.clear();
        if (!words.isEmpty() && text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            words.add(joined(words.remove(words.size() - 1), text));
            return;
        }
        // Several words may be said in one frame: none of them takes no time.
        words.add(new RecognizedWord(text, startMs, Math.max(startMs + 1, endMs), confidence));
    }

    private static RecognizedWord joined(RecognizedWord word, String mark) {
        return new RecognizedWord(word.text() + mark, word.startMs(), word.endMs(), word.confidence());
    }
}
