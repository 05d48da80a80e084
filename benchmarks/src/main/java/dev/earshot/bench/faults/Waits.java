package dev.earshot.bench.faults;

import dev.earshot.bench.latency.PacedTrack;
import dev.earshot.bench.latency.SpeechLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** How long the clients of all tracks waited for what was said. Immutable. */
final class Waits {

    /** By the wall clock. */
    private record Ended(Instant at, Duration after, Duration still) {

        /** When the sound was made. */
        Instant began() {
            return at.minus(after);
        }
    }

    private final List<Ended> all = new ArrayList<>();

    /**
     * @param shown what was shown of each track
     * @param until when clients stopped looking, by the wall clock
     */
    Waits(List<PacedTrack> spoken, List<ShownTexts> shown, Instant until) {
        for (int i = 0; i < spoken.size(); i++) {
            PacedTrack track = spoken.get(i);
            Instant start = track.capturedAt(0);
            List<Shown.Turn> turns = track.turns().stream()
                    .map(turn -> new Shown.Turn(micros(turn.start()), micros(turn.end())))
                    .toList();
            long untilMicros = ChronoUnit.MICROS.between(start, until);
            for (Shown.Wait wait : Shown.waits(shown.get(i).since(start), turns, untilMicros)) {
                all.add(new Ended(
                        start.plusNanos(1000 * wait.endedMicros()),
                        Duration.ofNanos(1000 * wait.micros()),
                        Duration.ofNanos(1000 * wait.stillMicros())));
            }
        }
    }

    /** From a sound to its text. Seconds. */
    double longest() {
        return longest(wait -> true, Ended::after);
    }

    /** With no news of somebody who spoke. Seconds. */
    double longestStandstill() {
        return longest(wait -> true, Ended::still);
    }

    /** After each break until the next; what spans two counts for the later. */
    List<Recovery> after(List<Break> breaks) {
        List<Recovery> recoveries = new ArrayList<>();
        for (int i = 0; i < breaks.size(); i++) {
            Break each = breaks.get(i);
            Instant next = i + 1 < breaks.size() ? breaks.get(i + 1).broken() : Instant.MAX;
            Predicate<Ended> its = wait -> isWithin(wait, each.broken(), next);
            Predicate<Ended> later = wait -> wait.began().isAfter(each.mended());
            recoveries.add(new Recovery(
                    longest(its.and(later.negate()), Ended::after),
                    longest(its.and(later), Ended::after),
                    longest(its, Ended::still)));
        }
        return recoveries;
    }

    private static boolean isWithin(Ended wait, Instant from, Instant to) {
        return wait.at().isAfter(from) && !wait.at().isAfter(to);
    }

    private double longest(Predicate<Ended> which, Function<Ended, Duration> what) {
        return all.stream()
                        .filter(which)
                        .mapToLong(wait -> what.apply(wait).toMillis())
                        .max()
                        .orElse(0)
                / 1e3;
    }

    private static long micros(long samples) {
        return samples * 1000 / SpeechLoop.SAMPLES_PER_MS;
    }
}
