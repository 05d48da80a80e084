package dev.earshot.segment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SegmentFoldProperties {

    private static final List<String> TRACKS = List.of("s:t0", "s:t1", "s:t2");

    /** Utterances of each track one after the other, each with some partials and a final, then its account. */
    @Provide
    Arbitrary<Map<String, List<Event>>> speech() {
        Arbitrary<List<int[]>> utterances = Combinators.combine(
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.integers().between(20, 5000),
                        Arbitraries.integers().between(0, 4))
                .as((pause, length, partials) -> new int[] {pause, length, partials})
                .list()
                .ofMaxSize(8);
        return utterances.list().ofSize(TRACKS.size()).map(perTrack -> {
            var speech = new TreeMap<String, List<Event>>();
            for (int t = 0; t < TRACKS.size(); t++) {
                speech.put(TRACKS.get(t), track(TRACKS.get(t), perTrack.get(t)));
            }
            return speech;
        });
    }

    private static List<Event> track(String track, List<int[]> utterances) {
        var events = new ArrayList<Event>();
        long at = 0;
        for (int[] utterance : utterances) {
            long start = at + utterance[0];
            long end = start + utterance[1];
            int revision = 0;
            for (; revision < utterance[2]; revision++) {
                events.add(heard(FoldedMeeting.partial(track, start, start + 10, revision + 1, "so " + revision)));
            }
            events.add(heard(FoldedMeeting.finished(track, start, end, revision + 1, track + " says " + start)));
            events.add(accounted(track, at, end, false));
            at = end;
        }
        events.add(accounted(track, at, at + 500, true));
        return events;
    }

    @Property(tries = 300)
    void sameTranscript_whateverIsRepeatedAndHoweverTracksInterleave(
            @ForAll("speech") Map<String, List<Event>> speech, @ForAll long seed) {
        var plain = new FoldedMeeting();
        speech.values().forEach(track -> track.forEach(plain::fold));
        var shuffled = new FoldedMeeting();
        interleavedWithRepeats(speech, new Random(seed)).forEach(shuffled::fold);

        plain.endSession(TRACKS.toArray(String[]::new));
        shuffled.endSession(TRACKS.toArray(String[]::new));

        assertThat(byTrack(shuffled)).isEqualTo(byTrack(plain));
        assertThat(complete(shuffled)).isEqualTo(complete(plain));
    }

    @Property(tries = 300)
    void everyFinalIsOneSegment_andAudioInIsAudioOut(
            @ForAll("speech") Map<String, List<Event>> speech, @ForAll long seed) {
        var random = new Random(seed);
        var meeting = new FoldedMeeting();
        for (Event event : interleavedWithRepeats(speech, random)) {
            meeting.fold(event);
            if (random.nextInt(4) == 0) {
                meeting.tick(Duration.ofMillis(random.nextInt(500)));
            }
        }
        meeting.endSession(TRACKS.toArray(String[]::new));

        List<String> finals =
                finals(speech.values().stream().flatMap(List::stream).toList());
        assertThat(meeting.segments()).extracting(Segment::id).containsExactlyInAnyOrderElementsOf(finals);
        long audio = speech.values().stream()
                .mapToLong(track ->
                        ((Event.Accounted) track.get(track.size() - 1)).span().end())
                .sum();
        long spoken = meeting.segments().stream()
                .mapToLong(segment -> segment.said().span().length())
                .sum();
        assertThat(complete(meeting)).isEqualTo(new Coverage(audio, spoken, 0));
        assertThat(meeting.entries().stream().map(Entry::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, finals.size() + 1).boxed().toList());
    }

    @Property(tries = 200)
    void everyFinalIsOneSegment_howeverFarBehindItsWorkerIs(
            @ForAll("speech") Map<String, List<Event>> speech, @ForAll long seed) {
        var random = new Random(seed);
        List<Event> track = speech.get(TRACKS.get(0));
        var meeting = new FoldedMeeting();
        for (Event event : track) {
            long delayMs = random.nextLong(SegmentRules.DEFAULTS.patience().toMillis());
            long stepMs = 1 + delayMs / (1 + random.nextInt(5));
            for (long left = delayMs; left > 0; left -= stepMs) {
                meeting.tick(Duration.ofMillis(Math.min(left, stepMs)));
            }
            meeting.hearNow(event);
        }
        meeting.endSession(TRACKS.get(0));

        assertThat(meeting.segments()).extracting(Segment::id).containsExactlyElementsOf(finals(track));
    }

    @Property(tries = 200)
    void leavesNothingOpen_whenAllWorkersAreGoneForGood(
            @ForAll("speech") Map<String, List<Event>> speech, @ForAll long seed) {
        var random = new Random(seed);
        List<Event> said = interleavedWithRepeats(speech, random);
        var meeting = new FoldedMeeting();
        said.subList(0, said.isEmpty() ? 0 : random.nextInt(said.size())).forEach(meeting::fold);

        meeting.tick(SegmentRules.DEFAULTS.patience());

        assertThat(meeting.state().sessions().values())
                .allSatisfy(session -> assertThat(session.tracks().values())
                        .allSatisfy(track -> assertThat(track.pending()).isEmpty()));
    }

    @Property(tries = 200)
    void tickChangesNothingBeforeItIsDue_andSomethingWhenItIs(
            @ForAll("speech") Map<String, List<Event>> speech, @ForAll long seed) {
        var meeting = new FoldedMeeting();
        for (Event event : interleavedWithRepeats(speech, new Random(seed))) {
            meeting.fold(event);
            MeetingState before = meeting.state();
            Optional<Instant> due = meeting.dueAt();
            if (due.isPresent() && due.get().isAfter(meeting.now())) {
                meeting.tick(Duration.between(meeting.now(), due.get()).minusMillis(1));
                assertThat(meeting.state()).isSameAs(before);
                meeting.tick(Duration.ofMillis(1));
                assertThat(meeting.state()).isNotEqualTo(before);
            }
        }
    }

    @Property(tries = 500)
    void spansBehaveLikeASetOfSamples(@ForAll("spans") List<Span> one, @ForAll("spans") List<Span> other) {
        Spans a = union(one);
        Spans b = union(other);
        BitSet expected = bits(one);
        assertThat(bits(a.list())).isEqualTo(expected);
        assertThat(a.length()).isEqualTo(expected.cardinality());

        BitSet difference = bits(one);
        difference.andNot(bits(other));
        assertThat(bits(a.minus(b).list())).isEqualTo(difference);
        BitSet intersection = bits(one);
        intersection.and(bits(other));
        assertThat(bits(a.and(b).list())).isEqualTo(intersection);
        BitSet sum = bits(one);
        sum.or(bits(other));
        assertThat(bits(a.plus(b).list())).isEqualTo(sum);
        for (int i = 1; i < a.list().size(); i++) {
            assertThat(a.list().get(i).start())
                    .isGreaterThan(a.list().get(i - 1).end());
        }
    }

    @Provide
    Arbitrary<List<Span>> spans() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 12))
                .as((start, length) -> new Span(start, start + length))
                .list()
                .ofMaxSize(8);
    }

    private static Spans union(List<Span> spans) {
        Spans union = Spans.NONE;
        for (Span span : spans) {
            union = union.plus(span);
        }
        return union;
    }

    private static BitSet bits(List<Span> spans) {
        var bits = new BitSet();
        spans.forEach(span -> bits.set((int) span.start(), (int) span.end()));
        return bits;
    }

    /** Keeps the order within a track; says now and then again what was said before on a track. */
    private static List<Event> interleavedWithRepeats(Map<String, List<Event>> speech, Random random) {
        var queues = speech.values().stream()
                .map(ArrayList::new)
                .filter(queue -> !queue.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        var said = new ArrayList<Event>();
        while (!queues.isEmpty()) {
            List<Event> queue = queues.get(random.nextInt(queues.size()));
            said.add(queue.remove(0));
            if (queue.isEmpty()) {
                queues.remove(queue);
            }
            if (random.nextInt(3) == 0) {
                said.add(said.get(random.nextInt(said.size())));
            }
        }
        return said;
    }

    private static List<String> finals(List<Event> events) {
        return events.stream()
                .filter(event ->
                        event instanceof Event.Heard heard && heard.hypothesis().isFinal())
                .map(event -> ((Event.Heard) event).hypothesis().utteranceId())
                .toList();
    }

    private static Map<String, List<String>> byTrack(FoldedMeeting meeting) {
        return meeting.segments().stream()
                .collect(Collectors.groupingBy(
                        segment -> segment.said().trackId(),
                        Collectors.mapping(
                                segment -> segment.id() + " " + segment.said().span() + " "
                                        + segment.said().text(),
                                Collectors.toList())));
    }

    private static Coverage complete(FoldedMeeting meeting) {
        return meeting.entries(Output.SessionComplete.class).get(0).coverage();
    }

    private static Event heard(Hypothesis hypothesis) {
        return new Event.Heard(FoldedMeeting.START, hypothesis);
    }

    private static Event accounted(String track, long startMs, long endMs, boolean end) {
        return new Event.Accounted(FoldedMeeting.START, "s", track, FoldedMeeting.span(startMs, endMs), List.of(), end);
    }
}
