package dev.earshot.asr.domain.ctc;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * CTC prefix beam search that knows words: a prefix is scored by the model's rows plus, at each end of a word, the word's
 * log probability after the word before it. Words outside the lexicon are possible at a price per letter.
 *
 * <p>Thread-safe: a call's state lives in the call. Source: prefix search as in Hannun et al. 2014 (arXiv 1408.2873); the
 * weights were tuned on the built-in model's own kind of speech.
 */
public final class BeamSearch implements CtcSearch {

    /**
     * Weights of the search; log probabilities are natural.
     *
     * @param beam prefixes kept per row
     * @param wordWeight factor on a word's log probability
     * @param wordBonus added per word, so that many short words may compete with one long one
     */
    public record Weights(int beam, float wordWeight, float wordBonus) {

        public Weights {
            if (beam < 1 || beam > 1024) {
                throw new IllegalArgumentException("beam: " + beam + " (expected: 1..1024)");
            }
        }
    }

    private static final float NEVER = -1e30f;
    /** A row whose blank is this likely changes no ranking: prefixes only lose their unfinished repeat. */
    private static final float BLANK_ROW = -0.002f;
    /** Less likely tokens never make it into the best {@code beam} prefixes; skipping them is most of the speed. */
    private static final float TOKEN_FLOOR = -7f;
    /** Prefixes this far behind the best never win it back. */
    private static final float BEAM_WIDTH = 14f;
    /** A lexicon word without its pair is rarer than its own frequency says. */
    private static final float BACKOFF = -0.5f;

    private static final float UNKNOWN_WORD = -9f;
    private static final float UNKNOWN_LETTER = -1f;
    private static final Comparator<Prefix> BEST_FIRST = (a, b) -> Float.compare(b.score, a.score);

    private final Lexicon lexicon;
    private final Bigrams bigrams;
    private final Weights weights;

    public BeamSearch(Lexicon lexicon, Bigrams bigrams, Weights weights) {
        this.lexicon = lexicon;
        this.bigrams = bigrams;
        this.weights = weights;
    }

    @Override
    public int[] tokens(LogProbs rows) {
        var active = new Beam();
        var next = new Beam();
        active.begin(root());
        for (int row = 0; row < rows.rows(); row++) {
            float blank = rows.at(row, Alphabet.BLANK);
            if (blank > BLANK_ROW) {
                active.endRepeats(blank);
                continue;
            }
            extend(active, next, rows, row);
            next.prune(weights.beam());
            Beam spent = active;
            active = next;
            next = spent;
            next.size = 0;
        }
        return spell(best(active));
    }

    private void extend(Beam active, Beam next, LogProbs rows, int row) {
        for (int i = 0; i < active.size; i++) {
            Prefix prefix = active.prefixes[i];
            float total = logSum(prefix.blank, prefix.letter);
            next.add(prefix);
            prefix.nextBlank = logSum(prefix.nextBlank, total + rows.at(row, Alphabet.BLANK));
            if (prefix.token != Alphabet.BLANK) {
                prefix.nextLetter = logSum(prefix.nextLetter, prefix.letter + rows.at(row, prefix.token));
            }
            space(prefix, total, rows.at(row, Alphabet.SPACE), next);
            for (int token = Alphabet.SPACE + 1; token < rows.width(); token++) {
                float logProb = rows.at(row, token);
                if (logProb >= TOKEN_FLOOR) {
                    // A letter doubles only across a blank.
                    follow(prefix, token, (token == prefix.token ? prefix.blank : total) + logProb, next);
                }
            }
        }
    }

    /** A space before the first word says nothing, and a space after a space is the same space. */
    private void space(Prefix prefix, float total, float logProb, Beam next) {
        if (logProb < TOKEN_FLOOR) {
            return;
        }
        if (prefix.parent == null) {
            prefix.nextBlank = logSum(prefix.nextBlank, total + logProb);
        } else if (prefix.token != Alphabet.SPACE) {
            follow(prefix, Alphabet.SPACE, total + logProb, next);
        } else if (prefix.blank > NEVER / 2) {
            prefix.nextLetter = logSum(prefix.nextLetter, prefix.blank + logProb);
        }
    }

    private void follow(Prefix prefix, int token, float logProb, Beam next) {
        if (logProb < NEVER / 2) {
            return;
        }
        Prefix child = prefix.child(token);
        if (child == null) {
            child = token == Alphabet.SPACE ? afterWord(prefix) : withLetter(prefix, token);
            child.sibling = prefix.children;
            prefix.children = child;
        }
        next.add(child);
        child.nextLetter = logSum(child.nextLetter, logProb);
    }

    private static Prefix root() {
        var root = new Prefix(null, Alphabet.BLANK, Lexicon.ROOT, 0, Bigrams.START, 0, 0);
        root.blank = 0;
        return root;
    }

    private Prefix afterWord(Prefix prefix) {
        int context = prefix.letters == 0 ? prefix.context : Bigrams.context(word(prefix));
        return new Prefix(prefix, Alphabet.SPACE, Lexicon.ROOT, 0, context, prefix.language + wordScore(prefix), 0);
    }

    private Prefix withLetter(Prefix prefix, int token) {
        int node = prefix.node == Lexicon.NONE ? Lexicon.NONE : lexicon.child(prefix.node, token);
        int letters = prefix.letters + 1;
        float outlook = node == Lexicon.NONE
                ? weights.wordWeight() * UNKNOWN_LETTER * letters
                // Half the price of a rare word in advance, so that it does not crowd out common ones until its end.
                : weights.wordWeight() * Math.min(0, lexicon.bestBelow(node) - UNKNOWN_WORD) * 0.5f;
        return new Prefix(prefix, token, node, letters, prefix.context, prefix.language, outlook);
    }

    private int word(Prefix prefix) {
        return prefix.node == Lexicon.NONE ? Lexicon.NONE : lexicon.wordAt(prefix.node);
    }

    /** What the word at the end of a prefix is worth if it ends here. */
    private float wordScore(Prefix prefix) {
        if (prefix.letters == 0) {
            return 0;
        }
        int word = word(prefix);
        float logProb;
        if (word == Lexicon.NONE) {
            logProb = UNKNOWN_WORD + UNKNOWN_LETTER * prefix.letters;
        } else {
            float pair = bigrams.logProb(prefix.context, word);
            logProb = Float.isNaN(pair) ? lexicon.logProb(word) + BACKOFF : pair;
        }
        return weights.wordWeight() * logProb + weights.wordBonus();
    }

    private Prefix best(Beam active) {
        Prefix best = active.prefixes[0];
        float bestScore = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < active.size; i++) {
            Prefix prefix = active.prefixes[i];
            float score = logSum(prefix.blank, prefix.letter) + prefix.language + wordScore(prefix);
            if (score > bestScore) {
                bestScore = score;
                best = prefix;
            }
        }
        return best;
    }

    private static int[] spell(Prefix last) {
        int length = 0;
        for (Prefix p = last; p.parent != null; p = p.parent) {
            length++;
        }
        var tokens = new int[length];
        for (Prefix p = last; p.parent != null; p = p.parent) {
            tokens[--length] = p.token;
        }
        return TokenSequences.trimmed(tokens, tokens.length);
    }

    private static float logSum(float a, float b) {
        float high = Math.max(a, b);
        float low = Math.min(a, b);
        return low < NEVER / 2 || high - low > 20 ? high : high + (float) Math.log1p(Math.exp(low - high));
    }

    /** One text so far, with the log probability of having just ended in a blank or in its last letter. */
    private static final class Prefix {
        final @Nullable Prefix parent;
        final int token;
        final int node;
        final int letters;
        final int context;
        final float language;
        final float outlook;
        float blank = NEVER;
        float letter = NEVER;
        float nextBlank = NEVER;
        float nextLetter = NEVER;
        float score;
        boolean listed;

        @Nullable
        Prefix children;

        @Nullable
        Prefix sibling;

        // What is known of a prefix for good; a record would be one more object each.
        @SuppressWarnings("checkstyle:ParameterNumber")
        Prefix(@Nullable Prefix parent, int token, int node, int letters, int context, float language, float outlook) {
            this.parent = parent;
            this.token = token;
            this.node = node;
            this.letters = letters;
            this.context = context;
            this.language = language;
            this.outlook = outlook;
        }

        @Nullable
        Prefix child(int token) {
            for (Prefix child = children; child != null; child = child.sibling) {
                if (child.token == token) {
                    return child;
                }
            }
            return null;
        }
    }

    /** The prefixes of one row. */
    private static final class Beam {
        Prefix[] prefixes = new Prefix[256];
        int size;

        void begin(Prefix root) {
            prefixes[0] = root;
            size = 1;
        }

        void add(Prefix prefix) {
            if (prefix.listed) {
                return;
            }
            prefix.listed = true;
            if (size == prefixes.length) {
                prefixes = Arrays.copyOf(prefixes, size * 2);
            }
            prefixes[size++] = prefix;
        }

        void endRepeats(float blank) {
            for (int i = 0; i < size; i++) {
                Prefix prefix = prefixes[i];
                prefix.blank = logSum(prefix.blank, prefix.letter) + blank;
                prefix.letter = NEVER;
            }
        }

        /** Takes over the row's scores and keeps the best. */
        void prune(int beam) {
            float best = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                Prefix prefix = prefixes[i];
                prefix.blank = prefix.nextBlank;
                prefix.letter = prefix.nextLetter;
                prefix.nextBlank = NEVER;
                prefix.nextLetter = NEVER;
                prefix.listed = false;
                prefix.score = logSum(prefix.blank, prefix.letter) + prefix.language + prefix.outlook;
                best = Math.max(best, prefix.score);
            }
            int kept = 0;
            for (int i = 0; i < size; i++) {
                Prefix prefix = prefixes[i];
                if (prefix.score >= best - BEAM_WIDTH) {
                    prefixes[kept++] = prefix;
                } else {
                    forget(prefix);
                }
            }
            if (kept > beam) {
                Arrays.sort(prefixes, 0, kept, BEST_FIRST);
                for (int i = beam; i < kept; i++) {
                    forget(prefixes[i]);
                }
                kept = beam;
            }
            size = kept;
        }

        private static void forget(Prefix prefix) {
            prefix.blank = NEVER;
            prefix.letter = NEVER;
        }
    }
}
