package dev.earshot.segment.wire;

import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.segment.domain.Event;
import dev.earshot.segment.domain.Event.SpeakerMove;
import dev.earshot.segment.domain.Gap;
import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the three input topics as events of the fold.
 *
 * <p>Throws {@link MalformedRecordException} for a record that is well-formed Avro and yet says nothing possible. Kinds of
 * record that the fold has no use for, or that a newer writer invented, are empty.
 */
public final class EventReader {

    private EventReader() {}

    /** Reads a record that arrived at this wall-clock time. */
    public static Optional<Event> read(SpecificRecord record, Instant at) {
        try {
            if (record instanceof AsrHypothesis hypothesis) {
                return hypothesis(hypothesis, at);
            }
            if (record instanceof SpeakerEvent event) {
                return speaker(event, at);
            }
            return meeting((MeetingEvent) record, at);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("not a possible record: " + e.getMessage(), e);
        }
    }

    private static Optional<Event> hypothesis(AsrHypothesis record, Instant at) {
        var span = span(record.getStartSample(), record.getEndSample());
        return switch (record.getKind()) {
            case PARTIAL -> Optional.of(new Event.Heard(at, heard(record, span, false)));
            case FINAL -> Optional.of(new Event.Heard(at, heard(record, span, true)));
            case PROGRESS ->
                Optional.of(new Event.Accounted(
                        at,
                        record.getSessionUid(),
                        record.getTrackId(),
                        span,
                        record.getGaps().stream()
                                .map(gap -> new Gap(span(gap.getStartSample(), gap.getEndSample()), gap.getReason()))
                                .toList(),
                        record.getEndOfTrack()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Hypothesis heard(AsrHypothesis record, Span span, boolean isFinal) {
        return new Hypothesis(
                record.getSessionUid(),
                record.getTrackId(),
                required("utterance_id", record.getUtteranceId()),
                record.getRevision(),
                isFinal,
                span,
                record.getText(),
                words(record.getWords()),
                record.getStablePrefixWords(),
                record.getLanguage(),
                new Hypothesis.Provenance(
                        record.getModelName(),
                        record.getModelHash(),
                        record.getAudioPartition(),
                        record.getAudioFirstOffset(),
                        record.getAudioLastOffset()),
                new Hypothesis.CaptureTimes(
                        record.getStartCapturedAt(),
                        record.getEndCapturedAt(),
                        record.getReadyAt(),
                        record.getDecodeMicros()));
    }

    private static List<Word> words(List<dev.earshot.schema.avro.Word> words) {
        return words.stream()
                .map(word -> new Word(word.getText(), word.getStartMs(), word.getEndMs(), word.getConfidence()))
                .toList();
    }

    private static Optional<Event> speaker(SpeakerEvent record, Instant at) {
        SpeakerMove move =
                switch (record.getType()) {
                    case JOINED, NAME_CHANGED -> SpeakerMove.NAMED;
                    case LEFT -> SpeakerMove.LEFT;
                    case STARTED_SPEAKING -> SpeakerMove.STARTED_SPEAKING;
                    case STOPPED_SPEAKING -> SpeakerMove.STOPPED_SPEAKING;
                    case TRACK_ASSIGNED -> SpeakerMove.TRACK_ASSIGNED;
                    case UNKNOWN -> null;
                };
        if (move == null) {
            return Optional.empty();
        }
        String trackId =
                move == SpeakerMove.TRACK_ASSIGNED ? required("track_id", record.getTrackId()) : record.getTrackId();
        return Optional.of(new Event.SpeakerChanged(
                at,
                record.getSessionUid(),
                move,
                record.getParticipantId(),
                record.getName(),
                trackId,
                // Clocks differ: who spoke before the session's first sample speaks from its first sample.
                Math.max(0, possible(record.getAtSample()))));
    }

    private static Optional<Event> meeting(MeetingEvent record, Instant at) {
        return switch (record.getType()) {
            case STATUS_CHANGED ->
                Optional.of(new Event.StatusChanged(
                        at, record.getSessionUid(), required("status", record.getStatus()), record.getReason()));
            case SESSION_STARTED ->
                Optional.of(new Event.SessionStarted(
                        at, required("session_uid", record.getSessionUid()), record.getOccurredAt()));
            case SESSION_ENDED ->
                Optional.of(new Event.SessionEnded(
                        at,
                        required("session_uid", record.getSessionUid()),
                        record.getTrackIds(),
                        record.getOccurredAt()));
            case CHAT, ERROR, UNKNOWN -> Optional.empty();
        };
    }

    private static Span span(long start, long end) {
        return new Span(start, possible(end));
    }

    private static long possible(long sample) {
        if (sample > Span.LAST_SAMPLE) {
            throw new IllegalArgumentException(
                    "sample " + sample + " (expected: at most " + Span.LAST_SAMPLE + ", 30 days of audio)");
        }
        return sample;
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: a value in a record of this kind)");
        }
        return value;
    }
}
