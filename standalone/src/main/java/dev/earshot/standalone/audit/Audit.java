package dev.earshot.standalone.audit;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What became of some meetings together.
 *
 * @param meetings each of them
 */
public record Audit(List<MeetingAudit> meetings) {

    private static final double SAMPLES_PER_S = 16_000;

    public Audit {
        meetings = List.copyOf(meetings);
    }

    /** Audio that nobody can tell anything about, and audio that was declared lost, in seconds. */
    public double lostSeconds() {
        return seconds(meeting -> meeting.uncovered() + meeting.gaps());
    }

    public int duplicates() {
        return meetings.stream().mapToInt(MeetingAudit::duplicates).sum();
    }

    /** Every broken rule, with its meeting. */
    public List<String> violations() {
        return meetings.stream()
                .flatMap(meeting -> meeting.violations().stream()
                        .map(violation -> "meeting " + meeting.meetingId() + ": " + violation))
                .toList();
    }

    /** The sums and the violations as people read them. */
    public String text() {
        return String.format(
                        Locale.ROOT,
                        "%d meetings, %d segments: %.1f s captured = %.1f transcribed + %.1f silent + %.1f gaps + %.1f uncovered",
                        meetings.size(),
                        meetings.stream().mapToInt(m -> m.segments().size()).sum(),
                        seconds(MeetingAudit::captured),
                        seconds(MeetingAudit::transcribed),
                        seconds(MeetingAudit::silent),
                        seconds(MeetingAudit::gaps),
                        seconds(MeetingAudit::uncovered))
                + violations().stream().map(violation -> "\n  " + violation).collect(Collectors.joining());
    }

    private double seconds(ToLongFunction<MeetingAudit> samples) {
        return meetings.stream().mapToLong(samples).sum() / SAMPLES_PER_S;
    }
}
