package dev.earshot.samples;

import dev.earshot.schema.Records;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.schema.avro.Word;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transcript entries for tests. */
public final class Entries {

    static {
        Records.trust();
    }

    private Entries() {}

    public static TranscriptSegment said(
            String meeting, long seq, @Nullable String speaker, long startMs, long endMs, String text) {
        return entry(meeting, seq, TranscriptKind.SEGMENT, startMs, endMs)
                .setSpeaker(speaker)
                .setText(text)
                .setWords(List.of(new Word(text, startMs, endMs, 0.5f)))
                .build();
    }

    public static TranscriptSegment gap(String meeting, long seq, long startMs, long endMs) {
        return entry(meeting, seq, TranscriptKind.GAP, startMs, endMs).build();
    }

    private static TranscriptSegment.Builder entry(
            String meeting, long seq, TranscriptKind kind, long startMs, long endMs) {
        return TranscriptSegment.newBuilder()
                .setMeetingId(meeting)
                .setSeq(seq)
                .setKind(kind)
                .setSegmentId("s:t0:" + startMs)
                .setStartMs(startMs)
                .setEndMs(endMs)
                .setConfirmedAt(Instant.EPOCH);
    }
}
