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
 * @param whyNotGpu why it computes on the CPU although there is a GPU that it was to take; null when all is as it should be
 */
public record ModelInfo(
        String name,
        String hash,
        @Nullable String language,
        @Nullable String notice,
        String provider,
        @Nullable String whyNotGpu) {

    public ModelInfo(String name, String hash, @Nullable String language, @Nullable String notice, String provider) {
        this(name, hash, language, notice, provider, null);
    }

    /** The same with a reason for not using the GPU, or with none. */
    public ModelInfo onCpuBecause(@Nullable String reason) {
        return new ModelInfo(name, hash, language, notice, provider, reason);
    }
}
