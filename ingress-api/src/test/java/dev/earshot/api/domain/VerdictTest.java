package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    @ParameterizedTest(name = "active {0} s, stop requested {1}, said {2}/{3}, text {4}: {5}/{6}")
    @CsvSource(
            nullValues = "-",
            value = {
                // Whoever ends a meeting has not failed, whatever the bot says.
                "-,  true,  failed,    join_failure,                false, completed, join_failure",
                "-,  true,  completed, stopped,                     false, completed, stopped",
                "60, true,  failed,    -,                           false, completed, stopped",
                // What is a failure is one, whatever the bot calls it.
                "60, false, completed, evicted,                     true,  failed,    evicted",
                "60, false, completed, max_bot_time_exceeded,       true,  failed,    max_bot_time_exceeded",
                "-,  false, completed, awaiting_admission_rejected, false, failed,    awaiting_admission_rejected",
                // Who was never let in has not completed anything.
                "-,  false, completed, stopped,                     false, failed,    stopped_before_admission",
                "-,  false, completed, left_alone,                  false, failed,    never_admitted",
                "-,  false, failed,    something_new,               false, failed,    something_new",
                // Being left alone is how meetings end.
                "60, false, completed, left_alone,                  false, completed, left_alone",
                // Nothing heard for long enough is deafness.
                "60, false, completed, stopped,                     false, failed,    stopped_with_no_audio",
                "60, false, completed, stopped,                     true,  completed, stopped",
                "29, false, completed, stopped,                     false, completed, stopped",
                "60, false, failed,    something_new,               true,  failed,    something_new"
            })
    @SuppressWarnings("checkstyle:ParameterNumber") // One for each of the table's columns.
    void decides(
            Long activeSeconds,
            boolean stopRequested,
            String status,
            String reason,
            boolean hasText,
            String decided,
            String why) {
        Meeting meeting = meeting(activeSeconds == null ? null : START, Map.of("stop_requested", stopRequested));
        Instant now = START.plusSeconds(activeSeconds == null ? 60 : activeSeconds);
        var reported = new StatusChange(MeetingStatus.of(status).orElseThrow(), now, "bot", reason, "a detail");
        StatusChange verdict = Verdict.of(meeting, reported, hasText);
        assertThat(verdict.to().wire()).isEqualTo(decided);
        assertThat(verdict.reason()).isEqualTo(why);
        assertThat(verdict.detail()).isEqualTo("a detail");
        assertThat(verdict.at()).isEqualTo(now);
    }

    @Test
    void doesNotAskForText_whereNoneWasToBe() {
        var stopped = new StatusChange(MeetingStatus.COMPLETED, START.plusSeconds(60), "bot", "stopped", null);
        assertThat(Verdict.asksForText(meeting(START, Map.of()), stopped)).isTrue();
        assertThat(Verdict.asksForText(meeting(START, Map.of("transcribe_enabled", false)), stopped))
                .isFalse();
        assertThat(Verdict.of(meeting(START, Map.of("transcribe_enabled", false)), stopped, false))
                .isEqualTo(stopped);
    }

    @Test
    void leavesMovesAlone_thatEndNothing() {
        var active = new StatusChange(MeetingStatus.ACTIVE, START, "bot", null, null);
        assertThat(Verdict.of(meeting(null, Map.of()), active, false)).isSameAs(active);
    }

    private static Meeting meeting(Instant start, Map<String, Object> data) {
        MeetingStatus status = start == null ? MeetingStatus.JOINING : MeetingStatus.ACTIVE;
        return new Meeting(1, 1, "zoom", "1", status, "bot", start, null, new LinkedHashMap<>(data), START, START);
    }
}
