package dev.earshot.standalone.audit;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.Span;
import dev.earshot.standalone.client.Account;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a meeting's transcript, wherever it was read.
 *
 * @param span its audio; null for what has none
 * @param account what became of the session's audio; null unless this says that the session is complete
 */
public record Entry(
        long meetingId,
        long seq,
        String kind,
        @Nullable String sessionUid,
        String segmentId,
        int revision,
        @Nullable String trackId,
        @Nullable String speaker,
        long startMs,
        long endMs,
        @Nullable Span span,
        String text,
        @Nullable String reason,
        @Nullable Account account) {

    static final String SEGMENT = TranscriptKind.SEGMENT.name();
    static final String GAP = TranscriptKind.GAP.name();
    static final String COMPLETE = TranscriptKind.COMPLETE.name();

    static Entry of(TranscriptSegment entry) {
        return new Entry(
                Long.parseLong(entry.getMeetingId()),
                entry.getSeq(),
                entry.getKind().name(),
                entry.getSessionUid(),
                entry.getSegmentId(),
                entry.getRevision(),
                entry.getTrackId(),
                entry.getSpeaker(),
                entry.getStartMs(),
                entry.getEndMs(),
                span(entry.getStartSample(), entry.getEndSample()),
                entry.getText(),
                entry.getReason(),
                account(entry.getCapturedMs(), entry.getTranscribedMs(), entry.getSilentMs(), entry.getMissingMs()));
    }

    /** A row of {@code transcript.segment}. */
    static Entry of(Readable row) {
        return new Entry(
                present(row.get("meeting_id", Long.class)),
                present(row.get("seq", Long.class)),
                present(row.get("kind", String.class)),
                row.get("session_uid", String.class),
                present(row.get("segment_id", String.class)),
                present(row.get("revision", Integer.class)),
                row.get("track_id", String.class),
                row.get("speaker", String.class),
                present(row.get("start_ms", Long.class)),
                present(row.get("end_ms", Long.class)),
                span(row.get("start_sample", Long.class), row.get("end_sample", Long.class)),
                present(row.get("text", String.class)),
                row.get("reason", String.class),
                account(
                        row.get("captured_ms", Long.class),
                        row.get("transcribed_ms", Long.class),
                        row.get("silent_ms", Long.class),
                        row.get("missing_ms", Long.class)));
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static @Nullable Span span(@Nullable Long start, @Nullable Long end) {
        return start == null || end == null ? null : new Span(start, end);
    }

    private static @Nullable Account account(
            @Nullable Long captured, @Nullable Long transcribed, @Nullable Long silent, @Nullable Long missing) {
        return captured == null || transcribed == null || silent == null || missing == null
                ? null
                : new Account(captured, transcribed, silent, missing);
    }

    boolean is(String wanted) {
        return kind.equals(wanted);
    }

    /** What the API shows of it; null for what REST does not list. */
    @Nullable
    Shown shown() {
        if (is(SEGMENT)) {
            return new Shown(seq, segmentId, startMs, endMs, speaker, text);
        }
        return is(GAP) ? new Shown(seq, "", startMs, endMs, trackId, String.valueOf(reason)) : null;
    }

    /**
     * An entry as REST has it: a segment, or a gap with its track and reason in place of who said what.
     *
     * @param segmentId empty for a gap
     */
    record Shown(long seq, String segmentId, long startMs, long endMs, @Nullable String who, String what) {}
}
