package dev.earshot.api.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who spoke in a meeting, as far as its transcript tells.
 *
 * @param name as shown in the meeting; {@code Unknown} for all whose name nobody knew
 * @param firstSeen wall clock of their first word; null when unknown
 * @param lastSeen wall clock of their last word; null when unknown
 * @param speakingMs milliseconds of audio in their segments
 */
public record Participant(
        String name, long segments, @Nullable Instant firstSeen, @Nullable Instant lastSeen, long speakingMs) {}
