package dev.earshot.bench.latency;

import dev.earshot.bench.latency.MeetingEar.Heard;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * When the text of a turn came. A turn may come as several segments, since people pause within it: its first text is that of
 * the first of them, its final is that of the last.
 *
 * @param firstTextAt wall clock at the client, microseconds since the epoch; empty when none came
 * @param finalAt the same of the final text that the turn ends with
 */
record TurnTimes(OptionalLong firstTextAt, OptionalLong finalAt) {

    /** A recogniser may cut a segment a little into the next pause or turn. */
    private static final long SLACK_MS = 150;

    static TurnTimes of(SpeechLoop.Span turn, Collection<Heard> heard) {
        long startMs = turn.start() / SpeechLoop.SAMPLES_PER_MS;
        long endMs = turn.end() / SpeechLoop.SAMPLES_PER_MS;
        List<Heard> within = heard.stream()
                .filter(h -> h.firstTextAt() > 0 && h.startMs() < endMs - SLACK_MS && h.endMs() > startMs + SLACK_MS)
                .toList();
        return new TurnTimes(
                within.stream().mapToLong(Heard::firstTextAt).min(),
                within.stream().max(Comparator.comparingLong(Heard::endMs)).filter(last -> last.finalAt() > 0).stream()
                        .mapToLong(Heard::finalAt)
                        .findFirst());
    }
}
