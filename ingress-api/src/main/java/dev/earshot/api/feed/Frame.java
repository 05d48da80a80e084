package dev.earshot.api.feed;

import dev.earshot.api.domain.ViewerQueue;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event for viewers, encoded once and shared by all of them, whichever way they watch. Immutable and thread-safe: do not
 * change the bytes.
 */
public final class Frame {

    /** An empty line ends a server-sent event. */
    private static final int END = 2;

    private final long seq;
    private final ViewerQueue.@Nullable Key key;
    private final byte[] bytes;
    private final int dataStart;
    private volatile @Nullable List<byte[]> early;

    /**
     * @param seq the entry's cursor; 0 for a frame that is not part of the transcript
     * @param key what the frame tells anew; null for nothing that could be superseded
     * @param bytes a whole server-sent event
     * @param dataStart where the event's JSON begins in the bytes; 0 when it has none
     */
    Frame(long seq, ViewerQueue.@Nullable Key key, byte[] bytes, int dataStart) {
        this.seq = seq;
        this.key = key;
        this.bytes = bytes;
        this.dataStart = dataStart;
    }

    long seq() {
        return seq;
    }

    ViewerQueue.@Nullable Key key() {
        return key;
    }

    /** A whole server-sent event. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether there is more to it than keeping a connection open. */
    public boolean hasJson() {
        return dataStart > 0;
    }

    /** The event's JSON object alone, UTF-8. */
    public ByteBuffer json() {
        return ByteBuffer.wrap(bytes, dataStart, bytes.length - dataStart - END)
                .slice()
                .asReadOnlyBuffer();
    }

    /** What clients of the contract's generation E are told instead, UTF-8; empty when they know of no such thing. */
    public List<ByteBuffer> earlyJson() {
        List<byte[]> frames = early;
        if (frames == null) {
            // Two threads may both translate: the result is the same.
            frames = EarlyFrames.of(json());
            early = frames;
        }
        return frames.stream().map(ByteBuffer::wrap).toList();
    }
}
