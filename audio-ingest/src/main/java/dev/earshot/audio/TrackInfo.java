package dev.earshot.audio;

import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.schema.avro.AudioCodec;
import java.util.UUID;

/**
 * What is known of a track when it starts.
 *
 * @param meetingId decimal id of the meeting row
 * @param sessionUid the session, a UUID
 * @param trackId {@code {sessionUid}:t0}, {@code :t1}, …; see {@link #nth}
 * @param options what the user asks for, until {@link TrackWriter#options} changes it
 * @param codec how to encode the chunks
 */
public record TrackInfo(
        String meetingId, String sessionUid, String trackId, DecodingOptions options, AudioCodec codec) {

    public TrackInfo {
        if (!trackId.startsWith(sessionUid + ":t")) {
            throw new IllegalArgumentException("trackId: " + trackId + " (expected: " + sessionUid + ":t0, :t1, …)");
        }
    }

    /** The first track of a new session, in Opus. */
    public static TrackInfo first(String meetingId, DecodingOptions options) {
        return nth(meetingId, UUID.randomUUID().toString(), 0, options);
    }

    /** The same track in another codec. */
    public TrackInfo in(AudioCodec other) {
        return new TrackInfo(meetingId, sessionUid, trackId, options, other);
    }

    /** The {@code index}-th track of a session, in Opus. */
    public static TrackInfo nth(String meetingId, String sessionUid, int index, DecodingOptions options) {
        return new TrackInfo(meetingId, sessionUid, sessionUid + ":t" + index, options, AudioCodec.OPUS);
    }
}
