package dev.earshot.bench.faults;

import dev.earshot.bench.latency.PacedTrack;
import dev.earshot.bench.latency.SpeechLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long the clients of all tracks waited for what was said. Immutable. */
final class Waits {

    /** By the wall clock. */
    private record Ended(Instant at, Duration after) {}

    private final List<Ended> all = new ArrayList<>();

    /** @param shown what was shown of each track */
    Waits(List<PacedTrack> spoken, List<ShownTexts> shown) {
        for (int i = 0; i < spoken.size(); i++) {
            PacedTrack track = spoken.get(i);
            Instant start = track.capturedAt(0);
            List<Shown.Turn> turns = track.turns().stream()
                    .map(turn -> new Shown.Turn(micros(turn.start()), micros(turn.end())))
                    .toList();
            for (Shown.Wait wait : Shown.waits(shown.get(i).since(start), turns)) {
                all.add(new Ended(start.plusNanos(1000 * wait.endedMicros()), Duration.ofNanos(1000 * wait.micros())));
            }
        }
    }

    /** Seconds. */
    double longest() {
        return longestBetween(Instant.MIN, Instant.MAX);
    }

    /** Seconds, of those that ended between each of these times and the next. */
    List<Double> longestAfter(List<Instant> times) {
        List<Double> longest = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            longest.add(longestBetween(times.get(i), i + 1 < times.size() ? times.get(i + 1) : Instant.MAX));
        }
        return longest;
    }

    private double longestBetween(Instant from, Instant to) {
        return all.stream()
                        .filter(wait -> wait.at().isAfter(from) && !wait.at().isAfter(to))
                        .mapToLong(wait -> wait.after().toMillis())
                        .max()
                        .orElse(0)
                / 1e3;
    }

    private static long micros(long samples) {
        return samples * 1000 / SpeechLoop.SAMPLES_PER_MS;
    }
}
