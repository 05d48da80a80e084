package dev.earshot.api.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as we keep it.
 *
 * @param nativeMeetingId null after its transcript was deleted
 * @param botName of the process that sits in it
 * @param startTime when it became active; null before
 * @param endTime when it ended; null before
 * @param data the open-ended rest, as JSON has it
 */
public record Meeting(
        long id,
        long userId,
        String platform,
        @Nullable String nativeMeetingId,
        MeetingStatus status,
        @Nullable String botName,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        Map<String, Object> data,
        Instant createdAt,
        Instant updatedAt) {

    private static final List<String> KEPT_AFTER_DELETION =
            List.of("status_transition", "completion_reason", "failure_stage", "error", "diagnostics");

    /** The contract's words for why a meeting ended: its clients take the reason for one of these, or for none. */
    private static final Set<String> REASONS = Set.of(
            "stopped",
            "left_alone",
            "startup_alone",
            "evicted",
            "awaiting_admission_timeout",
            "awaiting_admission_rejected",
            "join_failure",
            "never_admitted",
            "auth_session_missing",
            "validation_error",
            "max_bot_time_exceeded",
            "stopped_before_admission",
            "stopped_with_no_audio");

    /** Link of the meeting; null where none can be built. */
    public @Nullable String url() {
        if (data.get("meeting_url") instanceof String given) {
            return given;
        }
        Optional<Platform> known = Platform.of(platform, true);
        if (known.isEmpty() || nativeMeetingId == null) {
            return null;
        }
        String passcode = data.get("passcode") instanceof String text ? text : null;
        return new MeetingAddress(known.get(), nativeMeetingId, passcode, null)
                .url()
                .orElse(null);
    }

    /**
     * Why it ended, in a word of the contract; null while it runs, where nobody said, and where the contract has no word for it:
     * the open-ended rest has ours, such as {@code browser_crashed}.
     */
    public @Nullable String completionReason() {
        return data.get("completion_reason") instanceof String reason && REASONS.contains(reason) ? reason : null;
    }

    /** How far a failed meeting came; null for others. */
    public @Nullable String failureStage() {
        return data.get("failure_stage") instanceof String stage ? stage : null;
    }

    /** Whether its user has asked for its end. */
    public boolean stopRequested() {
        return Boolean.TRUE.equals(data.get("stop_requested"));
    }

    /** The meeting after a change; empty when such a move is not allowed or is none. */
    public Optional<Meeting> moved(StatusChange change) {
        if (!status.canMoveTo(change.to())) {
            return Optional.empty();
        }
        var next = new LinkedHashMap<>(data);
        next.put("status_transition", transitions(change));
        if (change.to().isTerminal()) {
            put(next, "completion_reason", change.reason());
        }
        if (change.to() == MeetingStatus.FAILED) {
            next.put("failure_stage", stage());
            put(next, "last_error", change.detail());
        }
        Instant start = change.to() == MeetingStatus.ACTIVE && startTime == null ? change.at() : startTime;
        Instant end = change.to().isTerminal() ? change.at() : endTime;
        return Optional.of(new Meeting(
                id, userId, platform, nativeMeetingId, change.to(), botName, start, end, next, createdAt, updatedAt));
    }

    /** Every move so far, oldest first: {@code from}, {@code to}, {@code timestamp}, {@code source} and maybe more. */
    public List<Object> transitions() {
        return data.get("status_transition") instanceof List<?> moves ? List.copyOf(moves) : List.of();
    }

    /** What remains of the open-ended rest when nothing may tell what was said or which meeting it was. */
    public Map<String, Object> redactedData() {
        var left = new LinkedHashMap<String, Object>();
        for (String name : KEPT_AFTER_DELETION) {
            put(left, name, data.get(name));
        }
        left.put("redacted", true);
        return left;
    }

    private List<Object> transitions(StatusChange change) {
        var transitions = new ArrayList<Object>(transitions());
        var transition = new LinkedHashMap<String, Object>();
        transition.put("from", status.wire());
        transition.put("to", change.to().wire());
        transition.put("timestamp", change.at().toString());
        transition.put("source", change.source());
        put(transition, "reason", change.reason());
        put(transition, "detail", change.detail());
        transitions.add(transition);
        return transitions;
    }

    /** The last status before the end, in the four words the contract has for it. */
    private String stage() {
        if (startTime != null) {
            return MeetingStatus.ACTIVE.wire();
        }
        MeetingStatus last = status;
        if (status == MeetingStatus.STOPPING && data.get("status_transition") instanceof List<?> before) {
            last = before.stream()
                    .map(t -> t instanceof Map<?, ?> m && m.get("from") instanceof String from ? from : "")
                    .reduce((first, second) -> second)
                    .flatMap(MeetingStatus::of)
                    .orElse(status);
        }
        return last.isLive() && last != MeetingStatus.NEEDS_HUMAN_HELP ? last.wire() : MeetingStatus.REQUESTED.wire();
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
