package dev.earshot.segment.domain;

import org.jspecify.annotations.Nullable;

/**
 * One recognised word.
 *
 * @param startMs on the session's audio time
 * @param confidence 0..1; null when the model gives none
 */
public record Word(String text, long startMs, long endMs, @Nullable Float confidence) {}
