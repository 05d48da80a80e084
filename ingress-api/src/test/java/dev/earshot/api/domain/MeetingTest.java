package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeetingTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void beginsWhenItBecomesActive_andEndsWithItsReason() {
        Meeting meeting = moved(requested(), MeetingStatus.JOINING, 1, null);
        meeting = moved(meeting, MeetingStatus.ACTIVE, 2, null);
        meeting = moved(meeting, MeetingStatus.COMPLETED, 9, "left_alone");

        assertThat(meeting.startTime()).isEqualTo(T0.plusSeconds(2));
        assertThat(meeting.endTime()).isEqualTo(T0.plusSeconds(9));
        assertThat(meeting.completionReason()).isEqualTo("left_alone");
        assertThat(meeting.failureStage()).isNull();
        assertThat(transitions(meeting))
                .extracting(t -> t.get("from") + ">" + t.get("to"))
                .containsExactly("requested>joining", "joining>active", "active>completed");
    }

    @Test
    void givesAReasonInTheContractsWordsOnly_andOursInTheRest() {
        Meeting active = moved(moved(requested(), MeetingStatus.JOINING, 1, null), MeetingStatus.ACTIVE, 2, null);
        Meeting failed = moved(active, MeetingStatus.FAILED, 3, "browser_crashed");

        assertThat(failed.completionReason()).isNull();
        assertThat(failed.failureStage()).isEqualTo("active");
        assertThat(failed.data()).containsEntry("completion_reason", "browser_crashed");
    }

    @Test
    void saysHowFarItCame_whenItFails() {
        Meeting waiting =
                moved(moved(requested(), MeetingStatus.JOINING, 1, null), MeetingStatus.AWAITING_ADMISSION, 2, null);

        assertThat(moved(waiting, MeetingStatus.FAILED, 3, "awaiting_admission_timeout")
                        .failureStage())
                .isEqualTo("awaiting_admission");
        assertThat(moved(moved(waiting, MeetingStatus.STOPPING, 3, null), MeetingStatus.FAILED, 4, null)
                        .failureStage())
                .isEqualTo("awaiting_admission");
        assertThat(moved(requested(), MeetingStatus.FAILED, 1, "join_failure").failureStage())
                .isEqualTo("requested");
    }

    @Test
    void staysAsItIs_whenAMoveIsRepeatedOrNotAllowed() {
        Meeting active = moved(moved(requested(), MeetingStatus.JOINING, 1, null), MeetingStatus.ACTIVE, 2, null);

        assertThat(active.moved(change(MeetingStatus.ACTIVE, 3, null))).isEmpty();
        assertThat(active.moved(change(MeetingStatus.JOINING, 3, null))).isEmpty();
        Meeting over = moved(active, MeetingStatus.COMPLETED, 4, "stopped");
        assertThat(over.moved(change(MeetingStatus.FAILED, 5, null))).isEmpty();
    }

    private static Meeting requested() {
        return new Meeting(
                1, 2, "google_meet", "abc-defg-hij", MeetingStatus.REQUESTED, null, null, null, Map.of(), T0, T0);
    }

    private static Meeting moved(Meeting meeting, MeetingStatus to, int second, @Nullable String reason) {
        return meeting.moved(change(to, second, reason)).orElseThrow();
    }

    private static StatusChange change(MeetingStatus to, int second, @Nullable String reason) {
        return new StatusChange(to, T0.plusSeconds(second), "bot", reason, null);
    }

    @SuppressWarnings("unchecked") // As it was written.
    private static List<Map<String, Object>> transitions(Meeting meeting) {
        return (List<Map<String, Object>>) meeting.data().get("status_transition");
    }
}
