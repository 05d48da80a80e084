package dev.earshot.api.domain;

import org.jspecify.annotations.Nullable;

/**
 * A segment in which what was searched for was said.
 *
 * @param nativeMeetingId of its meeting
 * @param title the meeting's name; null when it has none
 */
public record SearchHit(
        String platform, @Nullable String nativeMeetingId, @Nullable String title, TranscriptEntry segment) {}
