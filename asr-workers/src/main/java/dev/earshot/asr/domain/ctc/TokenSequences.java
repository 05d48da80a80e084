package dev.earshot.asr.domain.ctc;

/** The one form in which every search hands out its tokens. */
final class TokenSequences {

    private TokenSequences() {}

    /** The first {@code count} tokens without spaces at the ends and without doubled ones. */
    static int[] trimmed(int[] tokens, int count) {
        var kept = new int[count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            boolean space = tokens[i] == Alphabet.SPACE;
            if (!space || (length > 0 && kept[length - 1] != Alphabet.SPACE)) {
                kept[length++] = tokens[i];
            }
        }
        if (length > 0 && kept[length - 1] == Alphabet.SPACE) {
            length--;
        }
        return java.util.Arrays.copyOf(kept, length);
    }
}
