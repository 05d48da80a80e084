package dev.earshot.asr.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which offset of one partition may be committed: everything before the oldest chunk that any of its tracks still needs.
 *
 * <p>{@code A} acknowledges a record. Acknowledgements are kept for about every {@value #SPARSENESS}th record only: what is
 * committed a little late is read again, which harms nobody. Not thread-safe.
 */
public final class OffsetLedger<A> {

    private static final int SPARSENESS = 16;

    private record Entry<A>(long offset, A acknowledgement) {}

    private final Map<String, Long> holds = new HashMap<>();
    private final Deque<Entry<A>> entries = new ArrayDeque<>();
    private long received;
    private int sinceKept;

    public OffsetLedger() {
        received = -1;
    }

    /** The next record. Its offset is higher than that of the one before, else false is returned and nothing changes. */
    public boolean received(long offset, A acknowledgement) {
        if (offset <= received) {
            return false;
        }
        received = offset;
        if (!entries.isEmpty() && sinceKept % SPARSENESS != 0) {
            // The newest is always kept, for when no track needs anything any more.
            entries.removeLast();
        }
        sinceKept++;
        entries.addLast(new Entry<>(offset, acknowledgement));
        return true;
    }

    /** A track needs the chunk at an offset and all behind it. */
    public void hold(String track, long offset) {
        holds.put(track, offset);
    }

    /** A track needs nothing any more. */
    public void release(String track) {
        holds.remove(track);
    }

    /** The newest acknowledgement that no track objects to, once; null when there is none. */
    public @Nullable A committable() {
        long oldest = Long.MAX_VALUE;
        for (long offset : holds.values()) {
            oldest = Math.min(oldest, offset);
        }
        Entry<A> newest = null;
        while (!entries.isEmpty() && entries.getFirst().offset() < oldest) {
            newest = entries.removeFirst();
        }
        return newest == null ? null : newest.acknowledgement();
    }
}
