package dev.earshot.schema;

import java.time.Duration;

/**
 * Where the live view rests in Redis: one hash per meeting, one field per track, whose value is the newest
 * {@code TranscriptLive} record of that track in Avro's single-object encoding. The hash holds nothing that cannot be
 * rebuilt from {@code transcript.live.v1}.
 */
public final class LiveView {

    /** A meeting's hash goes away this long after its last change, so that an abandoned meeting leaves nothing behind. */
    public static final Duration TIME_TO_LIVE = Duration.ofHours(6);

    private LiveView() {}

    /** Key of a meeting's hash. */
    public static String key(String meetingId) {
        return "earshot:live:" + meetingId;
    }
}
