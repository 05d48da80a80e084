package dev.earshot.segment.domain;

import org.jspecify.annotations.Nullable;

/**
 * Who spoke.
 *
 * @param participantId the platform's own id
 * @param name newest display name; null when the platform shows none
 */
public record Speaker(String participantId, @Nullable String name) {}
