package dev.earshot.api.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the entries of one meeting into the order of their cursor, each once, none left out: what comes too early waits until
 * the hole before it is filled. Not thread-safe.
 */
public final class EntryOrder {

    private final TreeMap<Long, TranscriptEntry> waiting = new TreeMap<>();
    private long last;

    /** Starts behind the given cursor. */
    public EntryOrder(long last) {
        this.last = last;
    }

    /** Takes in an entry; returns those whose turn has come, in order. */
    public List<TranscriptEntry> offer(TranscriptEntry entry) {
        if (entry.seq() <= last) {
            return List.of();
        }
        waiting.putIfAbsent(entry.seq(), entry);
        var ready = new ArrayList<TranscriptEntry>();
        while (!waiting.isEmpty() && waiting.firstKey() == last + 1) {
            ready.add(waiting.pollFirstEntry().getValue());
            last++;
        }
        return ready;
    }

    /** Cursor of the newest entry that was handed out. */
    public long last() {
        return last;
    }

    /** Whether entries wait for others that were left out. */
    public boolean hasHole() {
        return !waiting.isEmpty();
    }
}
