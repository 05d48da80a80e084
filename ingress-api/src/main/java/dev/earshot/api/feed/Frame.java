package dev.earshot.api.feed;

import dev.earshot.api.domain.ViewerQueue;
import org.jspecify.annotations.Nullable;

/**
 * One event for viewers, encoded and shared: do not change the bytes.
 *
 * @param seq the entry's cursor; 0 for a frame that is not part of the transcript
 * @param key what the frame tells anew; null for nothing that could be superseded
 * @param bytes a whole server-sent event
 */
public record Frame(long seq, ViewerQueue.@Nullable Key key, byte[] bytes) {}
