package dev.earshot.asr.domain.ctc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Known words as a prefix tree over token ids, each with the natural logarithm of its frequency. Immutable, thread-safe.
 *
 * <p>The tree lies flat in arrays, the children of a node side by side: 64 000 words take about 3 MB, and a step of the
 * search allocates nothing.
 */
public final class Lexicon {

    static final int ROOT = 0;
    static final int NONE = -1;

    private final byte[] letters;
    private final int[] firstChild;
    private final byte[] childCount;
    private final int[] wordIds;
    private final float[] bestBelow;
    private final float[] logProbs;
    private final Map<String, Integer> ids;

    private Lexicon(Building root, float[] logProbs, Map<String, Integer> ids, int nodes) {
        this.letters = new byte[nodes];
        this.firstChild = new int[nodes];
        this.childCount = new byte[nodes];
        this.wordIds = new int[nodes];
        this.bestBelow = new float[nodes];
        this.logProbs = logProbs;
        this.ids = ids;
        flatten(root);
    }

    /**
     * Reads lines {@code word<TAB>logprob}. Throws {@link IllegalArgumentException} with a sentence for anything else, and
     * for a letter that the alphabet lacks.
     */
    public static Lexicon parse(List<String> lines, Alphabet alphabet) {
        var root = new Building(Alphabet.BLANK);
        var logProbs = new float[lines.size()];
        var ids = new HashMap<String, Integer>();
        int nodes = 1;
        for (int i = 0; i < logProbs.length; i++) {
            String line = lines.get(i);
            int tab = line.indexOf('\t');
            if (tab < 1) {
                throw new IllegalArgumentException("line " + (i + 1) + ": no tab (expected: word<TAB>log probability)");
            }
            String word = line.substring(0, tab);
            logProbs[i] = Float.parseFloat(line.substring(tab + 1));
            ids.put(word, i);
            Building node = root;
            for (int c = 0; c < word.length(); c++) {
                int token = alphabet.token(word.charAt(c));
                if (token < 0) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": '" + word.charAt(c) + "' is no token");
                }
                Building next = node.child(token);
                if (next == null) {
                    next = new Building(token);
                    node.children.add(next);
                    nodes++;
                }
                node = next;
                node.best = Math.max(node.best, logProbs[i]);
            }
            node.wordId = i;
        }
        return new Lexicon(root, logProbs, ids, nodes);
    }

    private void flatten(Building root) {
        var level = new ArrayList<Building>(List.of(root));
        for (int at = 0; at < level.size(); at++) {
            Building node = level.get(at);
            letters[at] = (byte) node.letter;
            wordIds[at] = node.wordId;
            bestBelow[at] = node.best;
            firstChild[at] = level.size();
            childCount[at] = (byte) node.children.size();
            level.addAll(node.children);
        }
    }

    /** The node behind one more letter, or {@link #NONE}. */
    int child(int node, int letter) {
        int from = firstChild[node];
        int to = from + childCount[node];
        for (int i = from; i < to; i++) {
            if (letters[i] == letter) {
                return i;
            }
        }
        return NONE;
    }

    /** The word that ends at a node, or {@link #NONE}. */
    int wordAt(int node) {
        return wordIds[node];
    }

    float logProb(int word) {
        return logProbs[word];
    }

    /** The highest log probability of all words through a node. */
    float bestBelow(int node) {
        return bestBelow[node];
    }

    /** The id of a word, or {@link #NONE}. */
    int id(String word) {
        return ids.getOrDefault(word, NONE);
    }

    int size() {
        return logProbs.length;
    }

    private static final class Building {
        final int letter;
        final List<Building> children = new ArrayList<>(2);
        int wordId = NONE;
        float best = -99;

        Building(int letter) {
            this.letter = letter;
        }

        @Nullable
        Building child(int token) {
            for (Building candidate : children) {
                if (candidate.letter == token) {
                    return candidate;
                }
            }
            return null;
        }
    }
}
