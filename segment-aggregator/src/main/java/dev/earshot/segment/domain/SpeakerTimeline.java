package dev.earshot.segment.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who spoke when in one session.
 *
 * <p>A track that was assigned belongs to its participants; on any other track all who speak are mixed, and an utterance is
 * whose turns cover most of it. A turn is open until its end is told, however long ago it began.
 *
 * @param participants by id
 * @param assigned by track id: the participants whose voice it carries, one after the other
 * @param turns of all participants, by their start
 */
public record SpeakerTimeline(
        Map<String, Participant> participants, Map<String, List<Turn>> assigned, List<Turn> turns) {

    static final SpeakerTimeline EMPTY = new SpeakerTimeline(Map.of(), Map.of(), List.of());

    private static final long OPEN = Long.MAX_VALUE;

    /** Bounds the state should nobody account for audio; an hour of a lively meeting has fewer turns. */
    private static final int MAX_TURNS = 512;

    /**
     * One participant.
     *
     * @param name newest display name; null when the platform shows none
     * @param newestSample of the newest turn's start or end: what is older was told before
     */
    public record Participant(@Nullable String name, long newestSample) {}

    /** A participant's voice from one sample to another; {@link Long#MAX_VALUE} while the end is not known. */
    public record Turn(String participantId, Span span) {

        boolean isOpen() {
            return span.end() == OPEN;
        }

        Turn until(long sample) {
            return new Turn(participantId, new Span(span.start(), Math.max(span.start(), sample)));
        }
    }

    public SpeakerTimeline {
        participants = Map.copyOf(participants);
        assigned = Map.copyOf(assigned);
        turns = List.copyOf(turns);
    }

    SpeakerTimeline after(Event.SpeakerChanged change) {
        String id = change.participantId();
        SpeakerTimeline named = change.name() == null ? this : named(id, change.name());
        return switch (change.move()) {
            case NAMED -> named;
            case STARTED_SPEAKING -> named.started(id, change.atSample());
            case STOPPED_SPEAKING, LEFT -> named.stopped(id, change.atSample());
            case TRACK_ASSIGNED ->
                change.trackId() == null ? named : named.assignedTo(change.trackId(), id, change.atSample());
        };
    }

    /** Whose voice covers most of this audio; empty when nobody's, or two alike: unknown rather than wrong. */
    Optional<Speaker> speakerOf(String trackId, Span span) {
        var samples = new HashMap<String, Long>();
        for (Turn turn : assigned.getOrDefault(trackId, turns)) {
            samples.merge(turn.participantId(), turn.span().overlap(span), Long::sum);
        }
        long most = samples.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<String> leaders = samples.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return most > 0 && leaders.size() == 1 ? Optional.of(speaker(leaders.get(0))) : Optional.empty();
    }

    /** Whether a track carries everybody's voice, for all we know. */
    boolean isMixed(String trackId) {
        return !assigned.containsKey(trackId);
    }

    /** Where a track was assigned first, as far as that is remembered; empty when it was not. */
    OptionalLong firstSampleOf(String trackId) {
        return assigned.getOrDefault(trackId, List.of()).stream()
                .mapToLong(turn -> turn.span().start())
                .min();
    }

    /** Forgets turns that ended before a sample, and who carried a track before. */
    SpeakerTimeline from(long sample) {
        boolean nothingToForget = Stream.concat(
                        turns.stream(), assigned.values().stream().flatMap(List::stream))
                .allMatch(turn -> turn.span().end() > sample);
        if (nothingToForget) {
            return this;
        }
        var owners = new HashMap<String, List<Turn>>();
        assigned.forEach((track, before) -> owners.put(track, after(before, sample)));
        return new SpeakerTimeline(participants, owners, after(turns, sample));
    }

    private static List<Turn> after(List<Turn> turns, long sample) {
        return turns.stream().filter(turn -> turn.span().end() > sample).toList();
    }

    private Speaker speaker(String participantId) {
        Participant participant = participants.get(participantId);
        return new Speaker(participantId, participant == null ? null : participant.name());
    }

    private SpeakerTimeline named(String id, String name) {
        Participant known = participants.get(id);
        return with(id, new Participant(name, known == null ? 0 : known.newestSample()));
    }

    private SpeakerTimeline with(String id, Participant participant) {
        var next = new HashMap<>(participants);
        next.put(id, participant);
        return new SpeakerTimeline(next, assigned, turns);
    }

    private SpeakerTimeline started(String id, long sample) {
        boolean speaking = turns.stream()
                .anyMatch(turn -> turn.isOpen() && turn.participantId().equals(id));
        if (speaking || isOld(id, sample)) {
            return this;
        }
        var next = new ArrayList<>(turns);
        next.add(new Turn(id, new Span(sample, OPEN)));
        return seen(id, sample).withTurns(next);
    }

    private SpeakerTimeline stopped(String id, long sample) {
        if (isOld(id, sample)) {
            return this;
        }
        var next = turns.stream()
                .map(turn -> turn.isOpen() && turn.participantId().equals(id) ? turn.until(sample) : turn)
                .toList();
        return seen(id, sample).withTurns(next);
    }

    private boolean isOld(String id, long sample) {
        Participant known = participants.get(id);
        return known != null && sample < known.newestSample();
    }

    private SpeakerTimeline seen(String id, long sample) {
        Participant known = participants.get(id);
        return with(id, new Participant(known == null ? null : known.name(), sample));
    }

    private SpeakerTimeline withTurns(List<Turn> next) {
        return new SpeakerTimeline(
                participants, assigned, next.subList(Math.max(0, next.size() - MAX_TURNS), next.size()));
    }

    private SpeakerTimeline assignedTo(String trackId, String id, long sample) {
        List<Turn> before = assigned.getOrDefault(trackId, List.of());
        var owners = new ArrayList<>(before);
        if (!before.isEmpty()) {
            Turn last = before.get(before.size() - 1);
            if (last.participantId().equals(id) || sample < last.span().start()) {
                return this;
            }
            owners.set(owners.size() - 1, last.until(sample));
        }
        owners.add(new Turn(id, new Span(sample, OPEN)));
        var next = new HashMap<>(assigned);
        next.put(trackId, List.copyOf(owners));
        return new SpeakerTimeline(participants, next, turns);
    }
}
