package dev.earshot.api.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a meeting's transcript that will never change; the fields are those of {@code transcript.segment.v1}.
 *
 * @param seq 1, 2, 3, … dense per meeting: the cursor of every feed
 * @param account COMPLETE: what became of the audio; else null
 * @param endCapturedAt wall clock when the last sample was captured; null when unknown
 * @param readyAt wall clock of capture of the last audio that the text needed; null when unknown
 */
public record TranscriptEntry(
        long meetingId,
        long seq,
        Kind kind,
        @Nullable String sessionUid,
        String segmentId,
        @Nullable String trackId,
        @Nullable String participantId,
        @Nullable String speaker,
        long startMs,
        long endMs,
        @Nullable Instant sessionStartedAt,
        String text,
        List<SpokenWord> words,
        @Nullable String language,
        @Nullable String status,
        @Nullable String reason,
        @Nullable Account account,
        @Nullable Instant endCapturedAt,
        @Nullable Instant readyAt,
        Instant confirmedAt) {

    public enum Kind {
        SEGMENT,
        GAP,
        STATUS,
        COMPLETE,
        /** Written by something newer than we are: it has a cursor and is not shown. */
        UNKNOWN
    }

    /** Milliseconds of audio over all tracks: captured = transcribed + silent + missing. */
    public record Account(long capturedMs, long transcribedMs, long silentMs, long missingMs) {}

    /** As people read: by when it was said, where that is known. */
    public static final Comparator<TranscriptEntry> BY_TIME = Comparator.comparing(
                    (TranscriptEntry entry) -> entry.at(entry.startMs()),
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(TranscriptEntry::startMs)
            .thenComparing(TranscriptEntry::segmentId);

    /** Wall clock of a place on the session's audio time; null when the session's start is unknown. */
    public @Nullable Instant at(long ms) {
        return sessionStartedAt == null ? null : sessionStartedAt.plus(Duration.ofMillis(ms));
    }
}
