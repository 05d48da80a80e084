package dev.earshot.segment.streams;

import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.Session;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.segment.domain.SpeakerTimeline;
import dev.earshot.segment.domain.SpeakerTimeline.Participant;
import dev.earshot.segment.domain.SpeakerTimeline.Turn;
import dev.earshot.segment.domain.StatusHistory;
import dev.earshot.segment.domain.Track;
import dev.earshot.segment.domain.TrackAccount;
import dev.earshot.segment.domain.Utterance;
import dev.earshot.segment.domain.Word;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A state in which every component says something, and whatever may be null is so once: what released files hold. */
final class ExampleState {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456Z");

    private ExampleState() {}

    static MeetingState meeting() {
        return new MeetingState(
                300,
                new StatusHistory(Map.of("meeting", "requested", "s", "active"), "s"),
                Map.of("s", spoken(), "t", new Session("t", null, Map.of(), nobody(), null, NOW)),
                Set.of("q", "r"),
                false);
    }

    private static Session spoken() {
        var first = new Track(
                "s:t0",
                List.of(
                        new Utterance(said("s:t0", 32_000, true, "one \"two\" ünï", NOW), NOW, true),
                        new Utterance(said("s:t0", 64_000, false, "three", null), NOW, false)),
                new Span(0, 16_000),
                new TrackAccount(spans(0, 20_000), spans(16_000, 17_000), spans(30_000, 31_000), 1_000, 15_000, true),
                12);
        var second = new Track("s:t1", List.of(), null, new TrackAccount(spans(), spans(), spans(), 0, 0, false), 0);
        var speakers = new SpeakerTimeline(
                Map.of("p1", new Participant("Ada", 640), "p2", new Participant(null, 0)),
                Map.of("s:t0", List.of(new Turn("p1", new Span(0, Long.MAX_VALUE)))),
                List.of(new Turn("p2", new Span(160, 320))));
        return new Session(
                "s",
                NOW.minusSeconds(60),
                Map.of("s:t0", first, "s:t1", second),
                speakers,
                new Session.Ended(List.of("s:t0", "s:t1"), NOW.plusSeconds(1)),
                NOW);
    }

    private static Hypothesis said(String track, long start, boolean isFinal, String text, @Nullable Instant at) {
        boolean known = at != null;
        return new Hypothesis(
                "s",
                track,
                track + ":" + Span.toMs(start),
                7,
                isFinal,
                new Span(start, start + 16_000),
                text,
                List.of(new Word("one", 2_000, 2_100, 0.75f), new Word("two", 2_100, 2_200, null)),
                1,
                known ? "en" : null,
                known
                        ? new Hypothesis.Provenance("small", "00ff", 3, 1L << 40, (1L << 40) + 9)
                        : new Hypothesis.Provenance(null, null, null, null, null),
                new Hypothesis.CaptureTimes(at, at, at, known ? 1_234 : 0));
    }

    private static Spans spans(long... bounds) {
        Spans all = Spans.NONE;
        for (int i = 0; i < bounds.length; i += 2) {
            all = all.plus(new Span(bounds[i], bounds[i + 1]));
        }
        return all;
    }

    private static SpeakerTimeline nobody() {
        return new SpeakerTimeline(Map.of(), Map.of(), List.of());
    }
}
