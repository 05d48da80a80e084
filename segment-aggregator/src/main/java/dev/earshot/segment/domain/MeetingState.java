package dev.earshot.segment.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the fold knows of one meeting. Confirmed segments leave it, and so does a session when it is complete; what stays
 * for good is a few names and the next cursor.
 *
 * @param nextSeq cursor of the next entry
 * @param sessions that are not complete, by uid
 * @param complete uids of those that are
 * @param isErased whether the meeting was deleted: nothing else is known of it then, and nothing is taken any more
 */
public record MeetingState(
        long nextSeq, StatusHistory statuses, Map<String, Session> sessions, Set<String> complete, boolean isErased) {

    public static final MeetingState NEW = new MeetingState(1, StatusHistory.EMPTY, Map.of(), Set.of(), false);

    static final MeetingState ERASED = new MeetingState(1, StatusHistory.EMPTY, Map.of(), Set.of(), true);

    /**
     * When a tick would change something; empty while only other events can.
     *
     * @param listeningSince as in {@link Event.Tick}
     */
    public Optional<Instant> dueAt(SegmentRules rules, Instant listeningSince) {
        return sessions.values().stream()
                .map(session -> session.dueAt(rules, listeningSince))
                .min(Comparator.naturalOrder());
    }

    MeetingState with(StatusHistory newStatuses) {
        return new MeetingState(nextSeq, newStatuses, sessions, complete, isErased);
    }

    MeetingState with(Session session) {
        var next = new TreeMap<>(sessions);
        next.put(session.uid(), session);
        return new MeetingState(nextSeq, statuses, next, complete, isErased);
    }

    MeetingState completed(String sessionUid) {
        var rest = new TreeMap<>(sessions);
        rest.remove(sessionUid);
        var done = new TreeSet<>(complete);
        done.add(sessionUid);
        return new MeetingState(nextSeq, statuses, rest, done, isErased);
    }

    MeetingState nextSeq(long seq) {
        return seq == nextSeq ? this : new MeetingState(seq, statuses, sessions, complete, isErased);
    }
}
