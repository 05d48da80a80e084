package dev.earshot.api.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the entries of one meeting into the order of their cursor, each once, none left out: what comes too early waits until
 * the hole before it is filled or given up. Not thread-safe.
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
        return takeReady();
    }

    /** Gives up on what is missing before the entries that wait; returns those whose turn has come then, in order. */
    public List<TranscriptEntry> skipHole() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        last = waiting.firstKey() - 1;
        return takeReady();
    }

    /** Cursor of the newest entry that was handed out, or given up. */
    public long last() {
        return last;
    }

    /** Whether entries wait for others that were left out. */
    public boolean hasHole() {
        return !waiting.isEmpty();
    }

    private List<TranscriptEntry> takeReady() {
        var ready = new ArrayList<TranscriptEntry>();
        while (!waiting.isEmpty() && waiting.firstKey() == last + 1) {
            ready.add(waiting.pollFirstEntry().getValue());
            last++;
        }
        return ready;
    }
}
