package dev.earshot.audio;

import dev.earshot.schema.avro.AudioCodec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a track when it starts.
 *
 * @param meetingId decimal id of the meeting row
 * @param sessionUid the session, a UUID
 * @param trackId {@code {sessionUid}:t0}, {@code :t1}, …; see {@link #nth}
 * @param language ISO 639-1 code that the user asked for; null means detect
 * @param codec how to encode the chunks
 */
public record TrackInfo(
        String meetingId, String sessionUid, String trackId, @Nullable String language, AudioCodec codec) {

    public TrackInfo {
        if (!trackId.startsWith(sessionUid + ":t")) {
            throw new IllegalArgumentException("trackId: " + trackId + " (expected: " + sessionUid + ":t0, :t1, …)");
        }
    }

    /** The first track of a new session, in Opus. */
    public static TrackInfo first(String meetingId, @Nullable String language) {
        return nth(meetingId, UUID.randomUUID().toString(), 0, language);
    }

    /** The same track in another codec. */
    public TrackInfo in(AudioCodec other) {
        return new TrackInfo(meetingId, sessionUid, trackId, language, other);
    }

    /** The {@code index}-th track of a session, in Opus. */
    public static TrackInfo nth(String meetingId, String sessionUid, int index, @Nullable String language) {
        return new TrackInfo(meetingId, sessionUid, sessionUid + ":t" + index, language, AudioCodec.OPUS);
    }
}
