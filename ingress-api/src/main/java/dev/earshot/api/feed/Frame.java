package dev.earshot.api.feed;

import dev.earshot.api.domain.ViewerQueue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event for viewers, encoded and shared: do not change the bytes.
 *
 * @param seq the entry's cursor; 0 for a frame that is not part of the transcript
 * @param key what the frame tells anew; null for nothing that could be superseded
 * @param bytes a whole server-sent event
 * @param dataStart where the event's JSON begins in the bytes; 0 when it has none
 */
public record Frame(long seq, ViewerQueue.@Nullable Key key, byte[] bytes, int dataStart) {

    /** An empty line ends a server-sent event. */
    private static final int END = 2;

    /** Whether there is more to it than keeping a connection open. */
    public boolean hasJson() {
        return dataStart > 0;
    }

    /** The event's JSON object alone. */
    public String json() {
        return new String(bytes, dataStart, bytes.length - dataStart - END, StandardCharsets.UTF_8);
    }
}
