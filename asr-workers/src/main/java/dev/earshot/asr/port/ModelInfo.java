package dev.earshot.asr.port;

import org.jspecify.annotations.Nullable;

/**
 * What a recogniser says of itself.
 *
 * @param name the model's name
 * @param hash SHA-256 of the model file, hex
 * @param language ISO 639-1; null when it speaks many
 * @param notice what a person must know before trusting it; null when there is nothing
 * @param provider where it computes: {@code cpu} or {@code cuda}
 */
public record ModelInfo(
        String name, String hash, @Nullable String language, @Nullable String notice, String provider) {}
