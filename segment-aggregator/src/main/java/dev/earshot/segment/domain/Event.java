package dev.earshot.segment.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that {@link SegmentFold} is told about one meeting. */
public sealed interface Event {

    /** Wall clock at which the fold is told. */
    Instant at();

    /** An event that belongs to one session. */
    sealed interface InSession extends Event {
        String sessionUid();
    }

    /** A worker said what it hears. */
    record Heard(Instant at, Hypothesis hypothesis) implements InSession {
        @Override
        public String sessionUid() {
            return hypothesis.sessionUid();
        }
    }

    /**
     * A worker accounted for audio: what no final and no gap covers is silence.
     *
     * @param endOfTrack whether the track ends where the span does
     */
    record Accounted(Instant at, String sessionUid, String trackId, Span span, List<Gap> gaps, boolean endOfTrack)
            implements InSession {}

    /** What a participant did. */
    enum SpeakerMove {
        STARTED_SPEAKING,
        STOPPED_SPEAKING,
        /** The track carries this participant's voice and nobody else's from now on. */
        TRACK_ASSIGNED,
        /** Joined, or goes by another name. */
        NAMED,
        LEFT
    }

    /**
     * A participant did something.
     *
     * @param name display name; null when it was not told
     * @param trackId the track of {@link SpeakerMove#TRACK_ASSIGNED}; else null
     * @param atSample when, on the session's audio time
     */
    record SpeakerChanged(
            Instant at,
            String sessionUid,
            SpeakerMove move,
            String participantId,
            @Nullable String name,
            @Nullable String trackId,
            long atSample)
            implements InSession {}

    /** A session began: {@code startedAt} is its audio sample 0. */
    record SessionStarted(Instant at, String sessionUid, Instant startedAt) implements InSession {}

    /**
     * A session is over; its transcript is whole when all these tracks, and all that were heard, are accounted for to their
     * end.
     *
     * @param endedAt wall clock of the session's end
     */
    record SessionEnded(Instant at, String sessionUid, List<String> trackIds, Instant endedAt) implements InSession {}

    /**
     * The meeting moved.
     *
     * @param sessionUid the session it happened in; null before one exists
     */
    record StatusChanged(Instant at, @Nullable String sessionUid, String status, @Nullable String reason)
            implements Event {}

    /** Nothing of the meeting is to be kept: somebody deleted it. */
    record Erased(Instant at) implements Event {}

    /**
     * Time passed.
     *
     * @param listeningSince since when the fold has been told events without a break: before it they may have waited, and wait
     *     still, to be told
     */
    record Tick(Instant at, Instant listeningSince) implements Event {

        /** Whether the fold has been told what happened for so long since then. */
        boolean hasPassed(Duration wait, Instant since) {
            return !at.isBefore(due(wait, since, listeningSince));
        }

        /** When a tick comes for which so much time has passed since then, unless listening is broken off. */
        static Instant due(Duration wait, Instant since, Instant listeningSince) {
            return (since.isAfter(listeningSince) ? since : listeningSince).plus(wait);
        }
    }
}
