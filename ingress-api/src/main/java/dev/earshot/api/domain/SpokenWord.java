package dev.earshot.api.domain;

import org.jspecify.annotations.Nullable;

/**
 * One word with its place in the audio.
 *
 * @param startMs milliseconds on the session's audio time
 * @param endMs milliseconds on the session's audio time
 * @param confidence 0..1; null when the model gives none
 */
public record SpokenWord(String text, long startMs, long endMs, @Nullable Float confidence) {}
