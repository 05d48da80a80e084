package dev.earshot.bench.faults;

import dev.earshot.bench.JsonRow;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a fault cost, over all its rounds.
 *
 * @param people so many take turns
 * @param times how often it was played
 * @param uncoveredSeconds audio that did not become text or known silence
 * @param duplicates segments that came twice or overlap another one
 * @param textEqual whether every final text is that of a run without a fault
 * @param waitSeconds the longest that a client waited for what was said, at any time
 * @param stillSeconds the longest that a client had no news of somebody who spoke, at any time
 * @param recoveries after each time that something broke
 * @param violations what the audit found and which texts differ, one line each
 */
public record FaultRow(
        Fault fault,
        int tracks,
        int people,
        int times,
        double uncoveredSeconds,
        int duplicates,
        boolean textEqual,
        double waitSeconds,
        double stillSeconds,
        List<Recovery> recoveries,
        List<String> violations) {

    /** The heads of {@link #line}'s columns. */
    public static final String HEAD = String.format(
            "%-16s  %6s  %7s  %6s  %11s  %10s  %10s  %10s  %10s",
            "fault", "tracks", "in turn", "times", "uncovered", "duplicates", "text equal", "recovery", "standstill");

    /** Whether nothing was lost, doubled, changed or left contradicting itself. */
    public boolean isClean() {
        return uncoveredSeconds == 0 && duplicates == 0 && textEqual && violations.isEmpty();
    }

    /** The row as people read it, with every recovery, where there was more than one, and every violation below. */
    public String line() {
        return String.format(
                        Locale.ROOT,
                        "%-16s  %6d  %7d  %6d  %9.1f s  %10d  %10s  %8.1f s  %8.1f s",
                        fault.label(),
                        tracks,
                        people,
                        times,
                        uncoveredSeconds,
                        duplicates,
                        textEqual ? "yes" : "NO",
                        waitSeconds,
                        stillSeconds)
                + (recoveries.size() > 1
                        ? "\n  until mended" + seconds(Recovery::brokenSeconds) + ", then"
                                + seconds(Recovery::mendedSeconds) + ", standstill"
                                + seconds(Recovery::stillSeconds)
                        : "")
                + String.join("", violations.stream().map(each -> "\n  " + each).toList());
    }

    private String seconds(ToDoubleFunction<Recovery> which) {
        return recoveries.stream()
                .map(one -> String.format(Locale.ROOT, " %.1f", which.applyAsDouble(one)))
                .collect(Collectors.joining("", "", " s"));
    }

    /** The row as programs read it. */
    public String json() {
        return new JsonRow()
                .put("fault", fault.label())
                .put("tracks", tracks)
                .put("in_turn", people)
                .put("times", times)
                .put("uncovered_s", uncoveredSeconds, 3)
                .put("duplicates", duplicates)
                .put("text_equal", textEqual)
                .put("recovery_s", waitSeconds, 1)
                .put("standstill_s", stillSeconds, 1)
                .toString();
    }
}
