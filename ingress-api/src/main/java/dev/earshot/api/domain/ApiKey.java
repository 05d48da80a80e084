package dev.earshot.api.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The text of an API key, {@code vxa_<scope>_<32 letters and digits>}, and what is kept of it. */
public final class ApiKey {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;

    private ApiKey() {}

    /** A new key: 190 bits of chance. */
    public static String random(Scope scope, SecureRandom chance) {
        StringBuilder key = new StringBuilder("vxa_").append(scope.wire()).append('_');
        for (int i = 0; i < LENGTH; i++) {
            key.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return key.toString();
    }

    /**
     * What is stored: SHA-256, 64 hexadecimal digits. A key has too much chance in it to be guessed from a plain hash, so
     * no salt and no slowness is needed.
     */
    public static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Compares two secrets in a time that tells nothing about where they differ. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
