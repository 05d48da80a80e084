package dev.earshot.audio.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the user asks of whoever recognises the audio.
 *
 * @param language what is spoken, an ISO 639-1 code; null leaves it to the worker's setting
 * @param task {@code transcribe}, or {@code translate} for a text in English; null leaves it to the worker's setting
 */
public record DecodingOptions(@Nullable String language, @Nullable String task) {

    /** Nothing is asked for. */
    public static final DecodingOptions NONE = new DecodingOptions(null, null);
}
