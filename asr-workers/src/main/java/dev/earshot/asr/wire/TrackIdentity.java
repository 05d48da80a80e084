package dev.earshot.asr.wire;

import dev.earshot.schema.avro.AudioChunk;

/**
 * Whose audio a track is.
 *
 * @param meetingId key of its hypotheses
 * @param sessionUid the bot's stay that it belongs to
 * @param trackId {@code {session_uid}:{track}}
 * @param partition of the audio topic
 */
public record TrackIdentity(String meetingId, String sessionUid, String trackId, int partition) {

    /** As the track's chunk says. */
    public static TrackIdentity of(AudioChunk chunk, int partition) {
        return new TrackIdentity(chunk.getMeetingId(), chunk.getSessionUid(), chunk.getTrackId(), partition);
    }
}
