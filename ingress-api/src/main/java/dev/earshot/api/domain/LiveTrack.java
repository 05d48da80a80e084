package dev.earshot.api.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one track says now; replaces what was said before about that track. The fields are those of {@code
 * transcript.live.v1}.
 *
 * @param revision newer replaces older
 * @param confirmed segment ids that left pending because they are on their way as entries
 * @param retracted segment ids that turned out to be nothing
 */
public record LiveTrack(
        long meetingId,
        String sessionUid,
        String trackId,
        long revision,
        @Nullable String speaker,
        @Nullable Instant sessionStartedAt,
        List<Text> pending,
        Set<String> confirmed,
        Set<String> retracted) {

    /**
     * One piece of text that may still change, or is final and not yet confirmed ({@code completed}).
     *
     * @param stablePrefixWords how many leading words will not change any more
     * @param readyAt wall clock of capture of the last audio that the text needed; null when unknown
     * @param decodeMicros time the decoder spent on it
     */
    public record Text(
            String segmentId,
            int revision,
            boolean completed,
            long startMs,
            long endMs,
            String text,
            @Nullable String language,
            List<SpokenWord> words,
            int stablePrefixWords,
            @Nullable Instant startCapturedAt,
            @Nullable Instant endCapturedAt,
            @Nullable Instant readyAt,
            long decodeMicros) {}

    /** Wall clock of a place on the session's audio time; null when the session's start is unknown. */
    public @Nullable Instant at(long ms) {
        return sessionStartedAt == null ? null : sessionStartedAt.plus(Duration.ofMillis(ms));
    }

    LiveTrack withPending(List<Text> texts) {
        return new LiveTrack(
                meetingId,
                sessionUid,
                trackId,
                revision,
                speaker,
                sessionStartedAt,
                List.copyOf(texts),
                confirmed,
                retracted);
    }
}
