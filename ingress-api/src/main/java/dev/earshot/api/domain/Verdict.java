package dev.earshot.api.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a meeting ended, out of what its bot said of it and what we know ourselves: a bot that was never let in has not
 * completed anything, whatever it says, and what its user ended has not failed.
 */
public final class Verdict {

    /** A bot that has heard nothing for longer than this has most likely not heard, rather than nobody spoken. */
    private static final Duration LONG_ENOUGH_TO_HEAR = Duration.ofSeconds(30);

    private static final Set<String> FAILURES = Set.of(
            "awaiting_admission_timeout",
            "awaiting_admission_rejected",
            "evicted",
            "max_bot_time_exceeded",
            "validation_error",
            "stopped_before_admission",
            "stopped_with_no_audio",
            "join_failure",
            "never_admitted",
            "auth_session_missing",
            "browser_crashed");

    private Verdict() {}

    /** Whether the verdict depends on whether anything was transcribed. */
    public static boolean asksForText(Meeting meeting, StatusChange reported) {
        return reported.to() == MeetingStatus.COMPLETED
                && !meeting.stopRequested()
                && !"left_alone".equals(reported.reason())
                && !isFailure(reported.reason())
                && wasActive(meeting)
                && !Boolean.FALSE.equals(meeting.data().get("transcribe_enabled"))
                && Duration.between(start(meeting), reported.at()).compareTo(LONG_ENOUGH_TO_HEAR) >= 0;
    }

    /**
     * The move to make when a move is reported; one that does not end the meeting is made as it is.
     *
     * @param hasText whether anything was transcribed; of interest only when {@link #asksForText} says so
     */
    public static StatusChange of(Meeting meeting, StatusChange reported, boolean hasText) {
        if (!reported.to().isTerminal()) {
            return reported;
        }
        if (meeting.stopRequested()) {
            return ended(MeetingStatus.COMPLETED, reported, reported.reason() == null ? "stopped" : reported.reason());
        }
        if (isFailure(reported.reason())) {
            return ended(MeetingStatus.FAILED, reported, reported.reason());
        }
        if (!wasActive(meeting)) {
            String reason = "left_alone".equals(reported.reason()) ? "never_admitted" : "stopped_before_admission";
            return ended(
                    MeetingStatus.FAILED,
                    reported,
                    reported.to() == MeetingStatus.FAILED && reported.reason() != null ? reported.reason() : reason);
        }
        if (asksForText(meeting, reported) && !hasText) {
            return ended(MeetingStatus.FAILED, reported, "stopped_with_no_audio");
        }
        return reported;
    }

    private static StatusChange ended(MeetingStatus status, StatusChange reported, @Nullable String reason) {
        return new StatusChange(status, reported.at(), reported.source(), reason, reported.detail());
    }

    private static boolean isFailure(@Nullable String reason) {
        return reason != null && FAILURES.contains(reason);
    }

    private static boolean wasActive(Meeting meeting) {
        return meeting.startTime() != null;
    }

    private static Instant start(Meeting meeting) {
        Instant start = meeting.startTime();
        return start == null ? Instant.MAX : start;
    }
}
