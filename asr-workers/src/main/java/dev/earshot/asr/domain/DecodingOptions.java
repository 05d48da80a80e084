package dev.earshot.asr.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the user asked for, of recognisers that speak many languages. It may change in the midst of a track; an utterance is
 * decoded as was asked for when it began.
 *
 * @param language what is spoken, as {@code de} or {@code de-AT}; null when nobody said
 * @param translate whether the text shall be English, whatever is spoken; null when nobody said
 */
public record DecodingOptions(@Nullable String language, @Nullable Boolean translate) {

    /** Nothing was asked for. */
    public static final DecodingOptions NONE = new DecodingOptions(null, null);
}
