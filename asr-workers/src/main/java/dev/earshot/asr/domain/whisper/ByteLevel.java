package dev.earshot.asr.domain.whisper;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * GPT-2's way to write bytes as visible characters, in which byte-level BPE vocabularies are kept: printable bytes stand for
 * themselves, the others for the characters from U+0100 on, in order. A space is {@code Ġ}.
 *
 * <p>Source: openai/gpt-2, {@code encoder.py}, {@code bytes_to_unicode}.
 */
final class ByteLevel {

    private static final int[] BYTE_OF = table();

    private ByteLevel() {}

    private static int[] table() {
        var byteOf = new int[0x200];
        Arrays.fill(byteOf, -1);
        int next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
            byteOf[printable ? b : next++] = b;
        }
        return byteOf;
    }

    /** The bytes that a token of such a vocabulary stands for. */
    static byte[] bytes(String token) {
        var bytes = new ByteArrayOutputStream(token.length());
        for (int i = 0; i < token.length(); i++) {
            char letter = token.charAt(i);
            int value = letter < BYTE_OF.length ? BYTE_OF[letter] : -1;
            if (value < 0) {
                throw new IllegalArgumentException("token \"" + token + "\" is not written byte by byte");
            }
            bytes.write(value);
        }
        return bytes.toByteArray();
    }
}
