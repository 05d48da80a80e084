package dev.earshot.api.export;

import org.jspecify.annotations.Nullable;

/**
 * One segment of a transcript.
 *
 * @param segmentId its id, the same in every export
 * @param speaker display name; null when unknown
 * @param text what was said
 * @param startMs milliseconds since the session's start
 * @param endMs milliseconds since the session's start
 */
public record Line(String segmentId, @Nullable String speaker, String text, long startMs, long endMs) {}
