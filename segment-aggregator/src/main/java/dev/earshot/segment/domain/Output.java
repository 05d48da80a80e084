package dev.earshot.segment.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that {@link SegmentFold} decided. */
public sealed interface Output {

    /**
     * An entry of the transcript. It never changes.
     *
     * @param seq 1, 2, 3, ... dense per meeting
     * @param confirmedAt wall clock of the decision
     */
    record Entry(long seq, Instant confirmedAt, Content content) implements Output {}

    /** What an {@link Entry} says. */
    sealed interface Content {

        /** Unique in the meeting, and the same whenever the same audio and events are folded again. */
        String id();
    }

    /**
     * Somebody said something.
     *
     * @param said the text, clipped to audio that no earlier segment of the track covers
     * @param speaker null when unknown: unknown rather than wrong
     * @param sessionStartedAt wall clock of the session's sample 0; null when unknown
     */
    record Segment(Hypothesis said, @Nullable Speaker speaker, @Nullable Instant sessionStartedAt) implements Content {
        @Override
        public String id() {
            return said.utteranceId();
        }
    }

    /** Audio was lost. */
    record AudioLost(String sessionUid, String trackId, Gap gap, @Nullable Instant sessionStartedAt)
            implements Content {
        @Override
        public String id() {
            return trackId + ":gap:" + gap.span().startMs();
        }
    }

    /** The meeting moved. */
    record StatusMoved(@Nullable String sessionUid, String status, @Nullable String reason) implements Content {
        @Override
        public String id() {
            return (sessionUid == null ? "meeting" : sessionUid) + ":status:" + status;
        }
    }

    /** A session's transcript is whole. */
    record SessionComplete(String sessionUid, Coverage coverage, @Nullable Instant sessionStartedAt)
            implements Content {
        @Override
        public String id() {
            return sessionUid + ":complete";
        }
    }

    /**
     * What viewers should show of one track now; replaces what was said about it before.
     *
     * @param revision rises per track
     * @param speaker of all that is pending; null when unknown or when several spoke
     * @param pending text that is not confirmed yet, in order
     * @param confirmed ids that left pending because they were confirmed just now
     * @param retracted ids that left pending because they turned out to be nothing
     */
    record LiveTrack(
            String sessionUid,
            String trackId,
            long revision,
            @Nullable Speaker speaker,
            @Nullable Instant sessionStartedAt,
            List<Hypothesis> pending,
            List<String> confirmed,
            List<String> retracted)
            implements Output {}

    /** Text that the filter kept out of the transcript; its audio counts as silent. */
    record Filtered(Hypothesis said, TextFilter.Objection objection) implements Output {}

    /** An event changed nothing, and why. */
    record Ignored(Reason reason) implements Output {

        /** Why an event changed nothing. */
        public enum Reason {
            /** Same or older revision than what is known. */
            OUTDATED,
            /** A final already covers this audio. */
            AFTER_FINAL,
            /** Its audio is confirmed already, or its session complete. */
            LATE,
            /** The meeting is in this status or past it. */
            STALE_STATUS
        }
    }
}
