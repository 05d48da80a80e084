package dev.earshot.segment.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One stay of one bot in the meeting, until its transcript is complete.
 *
 * @param startedAt wall clock of audio sample 0; null until told
 * @param tracks by track id
 * @param ended how it ended; null while it lasts
 * @param lastSignAt wall clock of the last event about it
 */
public record Session(
        String uid,
        @Nullable Instant startedAt,
        Map<String, Track> tracks,
        SpeakerTimeline speakers,
        @Nullable Ended ended,
        Instant lastSignAt) {

    /**
     * A session is over.
     *
     * @param trackIds the tracks it had; null when nobody said, and then only patience ends the waiting
     * @param at wall clock of its end; null when nobody said
     */
    public record Ended(@Nullable List<String> trackIds, @Nullable Instant at) {}

    static Session begin(String uid, Instant at) {
        return new Session(uid, null, Map.of(), SpeakerTimeline.EMPTY, null, at);
    }

    Track track(String id) {
        Track known = tracks.get(id);
        return known == null ? Track.named(id) : known;
    }

    /** Who said this for all we know now; it may turn out otherwise until it is confirmed. */
    Optional<Speaker> likelySpeakerOf(Hypothesis said) {
        return speakerOf(said, Track::hasSpoken);
    }

    /** Who said this, for good. */
    Optional<Speaker> speakerOf(Hypothesis said) {
        return speakerOf(
                said,
                other -> other.hasSpoken()
                        || other.account().through() < said.span().end());
    }

    /** Turns do not say on which mixed track they are heard, so with two of them nobody knows: unknown rather than wrong. */
    private Optional<Speaker> speakerOf(Hypothesis said, Predicate<Track> mayHaveSpoken) {
        boolean isAmbiguous = speakers.isMixed(said.trackId())
                && tracks.values().stream()
                        .filter(other -> !other.id().equals(said.trackId()) && speakers.isMixed(other.id()))
                        .anyMatch(mayHaveSpoken);
        return isAmbiguous ? Optional.empty() : speakers.speakerOf(said.trackId(), said.span());
    }

    /** Whose voice all visible text of a track is; empty when unknown or not one voice. */
    Optional<Speaker> likelySpeakerOf(Track track) {
        var voices =
                track.visible().stream().map(this::likelySpeakerOf).distinct().toList();
        return voices.size() == 1 ? voices.get(0) : Optional.empty();
    }

    /** The session ended and every track it had is accounted for to its end. */
    boolean isWhole() {
        return ended != null
                && ended.trackIds() != null
                && allTracks().stream().allMatch(track -> track.account().isWhole());
    }

    /** The tracks that were heard, and those that it had by the word of its end. */
    Collection<Track> allTracks() {
        List<String> told = ended == null ? null : ended.trackIds();
        if (told == null || tracks.keySet().containsAll(told)) {
            return tracks.values();
        }
        var all = new TreeMap<>(tracks);
        told.forEach(id -> all.computeIfAbsent(id, Track::named));
        return all.values();
    }

    /**
     * The audio that a track whose own end is not known must have had: from where it was assigned or first heard to the end of
     * the session. Empty when nobody said when that was.
     */
    Span expectedOf(Track track) {
        Instant endedAt = ended == null ? null : ended.at();
        if (track.account().endKnown() || startedAt == null || endedAt == null || endedAt.isBefore(startedAt)) {
            return Span.NONE;
        }
        long end = Math.min(Span.LAST_SAMPLE, Span.toSamples(Duration.between(startedAt, endedAt)));
        long heardFrom = track.account().firstSample().orElse(Long.MAX_VALUE);
        long assignedFrom = speakers.firstSampleOf(track.id()).orElse(heardFrom == Long.MAX_VALUE ? 0 : heardFrom);
        return new Span(Math.min(Math.min(heardFrom, assignedFrom), end), end);
    }

    /** How long after {@link #lastSignAt} waiting for more ends. */
    Duration wait(SegmentRules rules) {
        return ended == null ? rules.abandonedAfter() : rules.patience();
    }

    /** When a tick would change something. */
    Instant dueAt(SegmentRules rules, Instant listeningSince) {
        Instant deadline = Event.Tick.due(wait(rules), lastSignAt, listeningSince);
        return tracks.values().stream()
                .flatMap(track -> track.first().stream())
                .map(utterance -> utterance.dueAt(rules, listeningSince))
                .min(Comparator.naturalOrder())
                .filter(due -> due.isBefore(deadline))
                .orElse(deadline);
    }

    /** Of the tracks whose first utterance may be closed, the one whose audio is earliest. */
    Optional<Track> nextToClose(Predicate<Utterance> mayClose) {
        return tracks.values().stream()
                .filter(track -> track.first().filter(mayClose).isPresent())
                .min(Comparator.comparingLong(
                                (Track t) -> t.pending().get(0).span().start())
                        .thenComparing(Track::id));
    }

    Session with(Track track) {
        var next = new TreeMap<>(tracks);
        next.put(track.id(), track);
        return new Session(uid, startedAt, next, speakers, ended, lastSignAt);
    }

    Session startedAt(Instant instant) {
        return new Session(uid, instant, tracks, speakers, ended, lastSignAt);
    }

    Session with(SpeakerTimeline newSpeakers) {
        return newSpeakers == speakers ? this : new Session(uid, startedAt, tracks, newSpeakers, ended, lastSignAt);
    }

    Session ended(Ended how) {
        return new Session(uid, startedAt, tracks, speakers, how, lastSignAt);
    }

    Session heardOf(Instant at) {
        return new Session(uid, startedAt, tracks, speakers, ended, at);
    }

    /** The same with nothing to be shown. */
    Session silenced() {
        var next = new TreeMap<>(tracks);
        next.replaceAll((id, track) -> track.silenced());
        return new Session(uid, startedAt, next, speakers, ended, lastSignAt);
    }

    /** Forgets turns that no utterance to come can need. */
    Session forgetOldTurns() {
        return with(speakers.from(
                tracks.values().stream().mapToLong(Track::horizon).min().orElse(0)));
    }
}
