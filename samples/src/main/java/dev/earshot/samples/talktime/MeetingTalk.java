package dev.earshot.samples.talktime;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who has talked how much in one meeting. Immutable.
 *
 * @param seq number of the last entry that was counted; entries of a meeting are numbered 1, 2, 3, ...
 * @param speakers by display name
 */
public record MeetingTalk(long seq, SortedMap<String, Talk> speakers) {

    /** A meeting of which nothing has been read. */
    public static final MeetingTalk NONE = new MeetingTalk(0, new TreeMap<>());

    private static final String UNKNOWN = "(unknown)";

    /**
     * What one speaker has said.
     *
     * @param milliseconds from the first to the last sound of each segment, added up
     * @param words as recognised
     */
    public record Talk(long milliseconds, long words) {

        static final Talk NONE = new Talk(0, 0);

        Talk and(TranscriptSegment segment) {
            return new Talk(milliseconds + segment.getEndMs() - segment.getStartMs(), words + words(segment.getText()));
        }

        private static long words(String text) {
            return text.isBlank() ? 0 : text.strip().split("\\s+").length;
        }
    }

    public MeetingTalk {
        speakers = new TreeMap<>(speakers);
    }

    /** Counts an entry; one that was counted before, as after a replay, changes nothing. */
    MeetingTalk and(TranscriptSegment entry) {
        if (entry.getSeq() <= seq) {
            return this;
        }
        var next = new TreeMap<>(speakers);
        if (entry.getKind() == TranscriptKind.SEGMENT) {
            String speaker = Objects.requireNonNullElse(entry.getSpeaker(), UNKNOWN);
            next.put(speaker, next.getOrDefault(speaker, Talk.NONE).and(entry));
        }
        return new MeetingTalk(entry.getSeq(), next);
    }
}
