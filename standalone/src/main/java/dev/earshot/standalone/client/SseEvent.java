package dev.earshot.standalone.client;

import org.jspecify.annotations.Nullable;

/**
 * One event of an event stream.
 *
 * @param id the cursor to come back with; null for text that may still change
 * @param name the event's type, {@code message} when none was given
 * @param data the data lines, joined with newlines
 */
public record SseEvent(@Nullable String id, String name, String data) {}
