package dev.earshot.api.wire;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.SpokenWord;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Account;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.schema.avro.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the two transcript records. Those of meetings that have no decimal id are none of ours: they come out empty. */
public final class TranscriptRecords {

    private TranscriptRecords() {}

    public static Optional<TranscriptEntry> entry(TranscriptSegment record) {
        return meetingId(record.getMeetingId())
                .map(meetingId -> new TranscriptEntry(
                        meetingId,
                        record.getSeq(),
                        kind(record.getKind()),
                        record.getSessionUid(),
                        record.getSegmentId(),
                        record.getTrackId(),
                        record.getParticipantId(),
                        record.getSpeaker(),
                        record.getStartMs(),
                        record.getEndMs(),
                        record.getSessionStartedAt(),
                        record.getText(),
                        words(record.getWords()),
                        record.getLanguage(),
                        record.getStatus(),
                        record.getReason(),
                        record.getKind() == TranscriptKind.COMPLETE ? account(record) : null,
                        record.getEndCapturedAt(),
                        record.getReadyAt(),
                        record.getConfirmedAt()));
    }

    public static Optional<LiveTrack> live(TranscriptLive record) {
        return meetingId(record.getMeetingId())
                .map(meetingId -> new LiveTrack(
                        meetingId,
                        record.getSessionUid(),
                        record.getTrackId(),
                        record.getRevision(),
                        record.getSpeaker(),
                        record.getSessionStartedAt(),
                        record.getPending().stream()
                                .map(TranscriptRecords::text)
                                .toList(),
                        Set.copyOf(record.getConfirmed()),
                        Set.copyOf(record.getRetracted())));
    }

    static Optional<Long> meetingId(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static LiveTrack.Text text(LiveSegment segment) {
        return new LiveTrack.Text(
                segment.getSegmentId(),
                segment.getRevision(),
                segment.getCompleted(),
                segment.getStartMs(),
                segment.getEndMs(),
                segment.getText(),
                segment.getLanguage(),
                words(segment.getWords()),
                segment.getStablePrefixWords(),
                segment.getStartCapturedAt(),
                segment.getEndCapturedAt(),
                segment.getReadyAt(),
                segment.getDecodeMicros());
    }

    private static Kind kind(TranscriptKind kind) {
        return switch (kind) {
            case SEGMENT -> Kind.SEGMENT;
            case GAP -> Kind.GAP;
            case STATUS -> Kind.STATUS;
            case COMPLETE -> Kind.COMPLETE;
            case UNKNOWN -> Kind.UNKNOWN;
        };
    }

    private static List<SpokenWord> words(List<Word> words) {
        return words.stream()
                .map(word -> new SpokenWord(word.getText(), word.getStartMs(), word.getEndMs(), word.getConfidence()))
                .toList();
    }

    private static Account account(TranscriptSegment record) {
        return new Account(
                orZero(record.getCapturedMs()),
                orZero(record.getTranscribedMs()),
                orZero(record.getSilentMs()),
                orZero(record.getMissingMs()));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
