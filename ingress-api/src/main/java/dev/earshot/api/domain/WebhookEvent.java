package dev.earshot.api.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user may want to be told.
 *
 * @param id the same for the same thing, however often it is told
 * @param type such as {@code meeting.completed}
 * @param data what the envelope's {@code data} holds
 */
public record WebhookEvent(String id, String type, Instant createdAt, Map<String, Object> data) {

    /** Types that a user is told of without asking. */
    public static final Set<String> BY_DEFAULT = Set.of("meeting.completed");

    public static final String STATUS_CHANGE = "meeting.status_change";
    public static final String TRANSCRIPT_READY = "transcription.ready";

    /** All types that there are. */
    public static final Set<String> TYPES = Set.of(
            "meeting.started", STATUS_CHANGE, "meeting.completed", "bot.failed", "recording.ready", TRANSCRIPT_READY);

    private static final String API_VERSION = "2026-03-01";

    /** What is kept with a meeting for our own use. */
    private static final Set<String> WITHHELD = Set.of("swept_at", "outbound_events");

    private static final int ID_DIGITS = 32;

    /** What a move of a meeting means to those who are told. */
    public static List<WebhookEvent> of(MeetingStatus from, Meeting moved, StatusChange change, String sessionUid) {
        var events = new ArrayList<WebhookEvent>();
        var move = new LinkedHashMap<String, Object>();
        move.put("from", from.wire());
        move.put("to", moved.status().wire());
        move.put("reason", change.reason());
        move.put("timestamp", change.at().toString());
        move.put("transition_source", change.source());
        events.add(of(STATUS_CHANGE, moved, sessionUid, change.at(), move));
        String named =
                switch (moved.status()) {
                    case ACTIVE -> "meeting.started";
                    case COMPLETED -> "meeting.completed";
                    case FAILED -> "bot.failed";
                    default -> null;
                };
        if (named != null) {
            events.add(of(named, moved, sessionUid, change.at(), move));
        }
        return events;
    }

    /** The transcript of a meeting that is over will not grow any more. */
    public static WebhookEvent transcriptReady(Meeting meeting, String sessionUid, Instant at) {
        return of(TRANSCRIPT_READY, meeting, sessionUid, at, null);
    }

    /** What is sent, before it is JSON. */
    public Map<String, Object> envelope() {
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("event_id", id);
        envelope.put("event_type", type);
        envelope.put("api_version", API_VERSION);
        envelope.put("created_at", createdAt.toString());
        envelope.put("data", data);
        return envelope;
    }

    private static WebhookEvent of(
            String type, Meeting meeting, String sessionUid, Instant at, @Nullable Map<String, Object> move) {
        var data = new LinkedHashMap<String, Object>();
        data.put("meeting", view(meeting));
        if (move != null) {
            data.put("status_change", move);
        }
        String id =
                "evt_" + digest(sessionUid + "|" + type + "|" + meeting.status().wire());
        return new WebhookEvent(id, type, at, data);
    }

    private static Map<String, Object> view(Meeting meeting) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", meeting.id());
        view.put("user_id", meeting.userId());
        view.put("platform", meeting.platform());
        view.put("native_meeting_id", meeting.nativeMeetingId());
        view.put("constructed_meeting_url", meeting.url());
        view.put("status", meeting.status().wire());
        view.put("start_time", text(meeting.startTime()));
        view.put("end_time", text(meeting.endTime()));
        view.put("completion_reason", meeting.completionReason());
        view.put("failure_stage", meeting.failureStage());
        var data = new LinkedHashMap<>(meeting.data());
        data.keySet().removeIf(name -> WITHHELD.contains(name) || name.startsWith("webhook_"));
        view.put("data", data);
        view.put("created_at", text(meeting.createdAt()));
        view.put("updated_at", text(meeting.updatedAt()));
        return view;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
