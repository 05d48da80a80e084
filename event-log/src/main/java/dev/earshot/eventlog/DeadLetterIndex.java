package dev.earshot.eventlog;

import dev.earshot.eventlog.DeadLetter.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies among one topic's dead letters, without the bytes: a record that several consumers refused is one entry, and an
 * entry knows whether it was replayed. Pure; not thread-safe while it is being filled.
 */
public final class DeadLetterIndex {

    /**
     * One record that could not be handled.
     *
     * @param letter offset of its first letter
     * @param buriedAt wall clock of that letter
     * @param consumer client id of who refused it first
     * @param copies letters that hold this record, at least 1
     * @param replayed whether it went back to its topic
     */
    public record Entry(
            long letter, Instant buriedAt, String errorClass, String consumer, int copies, boolean replayed) {

        private Entry oneMore() {
            return new Entry(letter, buriedAt, errorClass, consumer, copies + 1, replayed);
        }

        private Entry asReplayed(boolean isReplayed) {
            return new Entry(letter, buriedAt, errorClass, consumer, copies, isReplayed);
        }
    }

    private final Map<Object, Entry> entries = new LinkedHashMap<>();
    private final Set<Origin> replayed = new HashSet<>();

    void add(DeadLetter letter) {
        Origin origin = letter.origin();
        if (letter.isNote()) {
            if (origin != null) {
                replayed.add(origin);
            }
            return;
        }
        // Bytes of unknown origin are what they are: each is an entry.
        Object identity = origin == null ? letter.offset() : origin;
        var first = new Entry(letter.offset(), letter.buriedAt(), letter.errorClass(), letter.consumer(), 1, false);
        entries.merge(identity, first, (known, again) -> known.oneMore());
    }

    /** In the order in which they were buried. */
    public List<Entry> entries() {
        var all = new ArrayList<Entry>(entries.size());
        entries.forEach((identity, entry) -> all.add(entry.asReplayed(replayed.contains(identity))));
        return all;
    }

    /** Those that were not replayed. */
    public List<Entry> waiting() {
        return entries().stream().filter(entry -> !entry.replayed()).toList();
    }
}
