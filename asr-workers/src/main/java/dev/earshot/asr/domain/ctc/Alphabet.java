package dev.earshot.asr.domain.ctc;

import java.util.ArrayList;
import java.util.List;

/**
 * The letters of a character CTC model: token 0 is blank, token 1 is the space between words, the rest are single letters.
 *
 * <p>Read from lines {@code <token> <id>} (sherpa-onnx's {@code tokens.txt}), where {@code <blank>} and {@code <space>} are
 * spelt out.
 */
public final class Alphabet {

    public static final int BLANK = 0;
    public static final int SPACE = 1;

    private final char[] letters;

    private Alphabet(char[] letters) {
        this.letters = letters;
    }

    /** Throws {@link IllegalArgumentException} with a sentence when the lines are not such a list. */
    public static Alphabet parse(List<String> lines) {
        var letters = new ArrayList<Character>();
        for (String line : lines) {
            int gap = line.lastIndexOf(' ');
            if (gap < 1 || !line.substring(gap + 1).equals(Integer.toString(letters.size()))) {
                throw new IllegalArgumentException("line " + (letters.size() + 1) + ": \"" + line
                        + "\" (expected: <token> " + letters.size() + ")");
            }
            letters.add(letter(letters.size(), line.substring(0, gap)));
        }
        if (letters.size() < 3) {
            throw new IllegalArgumentException(letters.size() + " tokens (expected: blank, space and letters)");
        }
        var array = new char[letters.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = letters.get(i);
        }
        return new Alphabet(array);
    }

    private static char letter(int id, String token) {
        String expected = id == BLANK ? "<blank>" : id == SPACE ? "<space>" : null;
        if (expected != null) {
            if (!token.equals(expected)) {
                throw new IllegalArgumentException("token " + id + ": \"" + token + "\" (expected: " + expected + ")");
            }
            return id == BLANK ? '\0' : ' ';
        }
        if (token.length() != 1) {
            throw new IllegalArgumentException("token " + id + ": \"" + token + "\" (expected: one letter)");
        }
        return token.charAt(0);
    }

    /** How many tokens, blank and space included. */
    public int size() {
        return letters.length;
    }

    public char letter(int token) {
        return letters[token];
    }

    /** The token of a letter, or -1. */
    public int token(char letter) {
        for (int i = SPACE; i < letters.length; i++) {
            if (letters[i] == letter) {
                return i;
            }
        }
        return -1;
    }
}
