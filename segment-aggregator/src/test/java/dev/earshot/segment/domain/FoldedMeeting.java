package dev.earshot.segment.domain;

import dev.earshot.segment.domain.Event.SpeakerMove;
import dev.earshot.segment.domain.Hypothesis.CaptureTimes;
import dev.earshot.segment.domain.Hypothesis.Provenance;
import dev.earshot.segment.domain.Output.Content;
import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Filtered;
import dev.earshot.segment.domain.Output.Ignored;
import dev.earshot.segment.domain.Output.LiveTrack;
import dev.earshot.segment.domain.Output.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One meeting folded event by event under a clock that the test moves. Times are given in milliseconds of audio. */
final class FoldedMeeting {

    static final String SESSION = "s";
    static final String TRACK = "s:t0";
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final SegmentFold fold;
    private final List<Output> outputs = new ArrayList<>();
    private MeetingState state = MeetingState.NEW;
    private Instant now = START;
    private Instant listeningSince = START;

    FoldedMeeting() {
        this(TextFilter.NONE);
    }

    FoldedMeeting(TextFilter filter) {
        fold = new SegmentFold(SegmentRules.DEFAULTS, filter);
    }

    static Hypothesis partial(String track, long startMs, long endMs, int revision, String text) {
        return hypothesis(track, startMs, endMs, revision, false, text);
    }

    static Hypothesis finished(String track, long startMs, long endMs, int revision, String text) {
        return hypothesis(track, startMs, endMs, revision, true, text);
    }

    /** Words are spread evenly over the audio. */
    private static Hypothesis hypothesis(
            String track, long startMs, long endMs, int revision, boolean isFinal, String text) {
        var words = new ArrayList<Word>();
        if (!text.isBlank()) {
            String[] spoken = text.split(" ");
            long each = (endMs - startMs) / spoken.length;
            for (int i = 0; i < spoken.length; i++) {
                words.add(new Word(spoken[i], startMs + i * each, startMs + (i + 1) * each, null));
            }
        }
        return new Hypothesis(
                track.substring(0, track.indexOf(':')),
                track,
                track + ":" + startMs,
                revision,
                isFinal,
                new Span(startMs * 16, endMs * 16),
                text,
                words,
                isFinal ? words.size() : 0,
                "en",
                new Provenance("model", "hash", 0, 0L, 1L),
                new CaptureTimes(null, null, null, 0));
    }

    FoldedMeeting hear(Hypothesis hypothesis) {
        return fold(new Event.Heard(now, hypothesis));
    }

    /** Tells what a worker says now, whenever it was written down. */
    FoldedMeeting hearNow(Event event) {
        if (event instanceof Event.Heard heard) {
            return hear(heard.hypothesis());
        }
        var told = (Event.Accounted) event;
        return fold(new Event.Accounted(
                now, told.sessionUid(), told.trackId(), told.span(), told.gaps(), told.endOfTrack()));
    }

    FoldedMeeting account(String track, long startMs, long endMs, Gap... gaps) {
        return fold(new Event.Accounted(now, sessionOf(track), track, span(startMs, endMs), List.of(gaps), false));
    }

    FoldedMeeting accountToEnd(String track, long startMs, long endMs, Gap... gaps) {
        return fold(new Event.Accounted(now, sessionOf(track), track, span(startMs, endMs), List.of(gaps), true));
    }

    FoldedMeeting endSession(String... tracks) {
        return endSessionAt(now, tracks);
    }

    FoldedMeeting endSessionAt(Instant endedAt, String... tracks) {
        return fold(new Event.SessionEnded(now, SESSION, List.of(tracks), endedAt));
    }

    FoldedMeeting startSession(Instant startedAt) {
        return fold(new Event.SessionStarted(now, SESSION, startedAt));
    }

    FoldedMeeting move(@Nullable String session, String status) {
        return fold(new Event.StatusChanged(now, session, status, null));
    }

    FoldedMeeting speaker(SpeakerMove move, String participant, @Nullable String name, long atMs) {
        return fold(new Event.SpeakerChanged(now, SESSION, move, participant, name, null, atMs * 16));
    }

    FoldedMeeting assign(String track, String participant, @Nullable String name, long atMs) {
        return fold(new Event.SpeakerChanged(
                now, SESSION, SpeakerMove.TRACK_ASSIGNED, participant, name, track, atMs * 16));
    }

    /** Moves the clock without telling the fold. */
    FoldedMeeting later(Duration elapsed) {
        now = now.plus(elapsed);
        return this;
    }

    /** Moves the clock and ticks. */
    FoldedMeeting tick(Duration elapsed) {
        now = now.plus(elapsed);
        return fold(new Event.Tick(now, listeningSince));
    }

    /** Moves the clock while nobody listens. */
    FoldedMeeting away(Duration elapsed) {
        now = now.plus(elapsed);
        listeningSince = now;
        return this;
    }

    Optional<Instant> dueAt() {
        return state.dueAt(SegmentRules.DEFAULTS, listeningSince);
    }

    FoldedMeeting fold(Event event) {
        Step step = fold.step(state, event);
        state = step.next();
        outputs.addAll(step.outputs());
        return this;
    }

    MeetingState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    List<Entry> entries() {
        return of(Entry.class);
    }

    <C extends Content> List<C> entries(Class<C> type) {
        return entries().stream()
                .map(Entry::content)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<Segment> segments() {
        return entries(Segment.class);
    }

    List<String> texts() {
        return segments().stream().map(segment -> segment.said().text()).toList();
    }

    List<LiveTrack> live() {
        return of(LiveTrack.class);
    }

    LiveTrack lastLive() {
        List<LiveTrack> all = live();
        return all.get(all.size() - 1);
    }

    List<Ignored.Reason> ignored() {
        return of(Ignored.class).stream().map(Ignored::reason).toList();
    }

    List<TextFilter.Objection> filtered() {
        return of(Filtered.class).stream().map(Filtered::objection).toList();
    }

    static Span span(long startMs, long endMs) {
        return new Span(startMs * 16, endMs * 16);
    }

    static Gap lost(long startMs, long endMs) {
        return new Gap(span(startMs, endMs), "chunk_missing");
    }

    private <O extends Output> List<O> of(Class<O> type) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String sessionOf(String track) {
        return track.substring(0, track.indexOf(':'));
    }
}
