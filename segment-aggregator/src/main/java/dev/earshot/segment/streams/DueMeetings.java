package dev.earshot.segment.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which meetings want a tick, and when: a thousand idle meetings cost a tick nothing. Lives in memory and is made again from
 * the store. Not thread-safe.
 */
final class DueMeetings {

    private record Due(Instant at, String meetingId) {}

    private final Map<String, Due> byMeeting = new HashMap<>();
    private final TreeSet<Due> byTime =
            new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::meetingId));

    /** Replaces what was said before about the meeting. */
    void put(String meetingId, Optional<Instant> at) {
        Due known = byMeeting.get(meetingId);
        if (known != null && at.isPresent() && known.at().equals(at.get())) {
            return;
        }
        if (known != null) {
            byTime.remove(known);
            byMeeting.remove(meetingId);
        }
        if (at.isPresent()) {
            var due = new Due(at.get(), meetingId);
            byMeeting.put(meetingId, due);
            byTime.add(due);
        }
    }

    /** Forgets everything. */
    void clear() {
        byMeeting.clear();
        byTime.clear();
    }

    /** Meetings due at this time or before, the longest waiting first. */
    List<String> until(Instant now) {
        var due = new ArrayList<String>();
        for (Due next : byTime) {
            if (next.at().isAfter(now)) {
                break;
            }
            due.add(next.meetingId());
        }
        return due;
    }
}
