package dev.earshot.api.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A meeting is said to have moved.
 *
 * @param source who says so: {@code user}, {@code bot}, {@code sweeper}
 * @param reason a completion reason; null when there is none
 * @param detail one sentence for people; null when there is nothing to say
 */
public record StatusChange(
        MeetingStatus to, Instant at, String source, @Nullable String reason, @Nullable String detail) {}
