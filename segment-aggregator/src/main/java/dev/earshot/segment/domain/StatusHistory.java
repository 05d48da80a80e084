package dev.earshot.segment.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statuses a meeting went through. A status only moves forward; a new session may start over.
 *
 * @param newest by session uid: its newest status; what happened before a session exists is under {@value #NO_SESSION}
 * @param lastSession whose status came last; empty when none did
 */
public record StatusHistory(Map<String, String> newest, String lastSession) {

    static final StatusHistory EMPTY = new StatusHistory(Map.of(), "");

    private static final String NO_SESSION = "meeting";

    /** In the order in which they happen; the last two both end the meeting. */
    private static final List<String> ORDER =
            List.of("requested", "joining", "awaiting_admission", "active", "stopping", "completed", "failed");

    public StatusHistory {
        newest = Map.copyOf(newest);
    }

    static boolean isTerminal(String status) {
        return rank(status) == rank("completed");
    }

    boolean allows(@Nullable String sessionUid, String status) {
        String session = sessionUid == null ? NO_SESSION : sessionUid;
        boolean isNewStay = sessionUid != null && !newest.containsKey(session) && !lastSession.equals(NO_SESSION);
        return rank(status) > rank(newest.get(session)) && (isNewStay || rank(status) > rank(newest.get(lastSession)));
    }

    StatusHistory after(@Nullable String sessionUid, String status) {
        String session = sessionUid == null ? NO_SESSION : sessionUid;
        var next = new HashMap<>(newest);
        next.put(session, status);
        return new StatusHistory(next, session);
    }

    /** -1 for none and for a word that is not a status. */
    private static int rank(@Nullable String status) {
        return status == null ? -1 : Math.min(ORDER.indexOf(status), ORDER.indexOf("completed"));
    }
}
