package dev.earshot.audio;

import dev.earshot.audio.domain.AudioTime;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Audio of one speaker that no bot brings, as a session of a meeting: one track, and the events around it.
 *
 * <p>Starting says SESSION_STARTED, JOINED and TRACK_ASSIGNED; ending says LEFT and SESSION_ENDED after the last chunk is in
 * Kafka. Blocking; one thread at a time.
 */
public final class AudioSession {

    /** How long one event may take to get into Kafka before the session fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PARTICIPANT = "speaker";

    private final EventLog log;
    private final TrackInfo track;
    private final @Nullable String speaker;
    private final Instant startedAt;
    private final TrackWriter writer;
    private long next;
    private boolean ended;

    private AudioSession(EventLog log, TrackInfo track, @Nullable String speaker, TrackWriter writer) {
        this.log = log;
        this.track = track;
        this.speaker = speaker;
        this.writer = writer;
        this.startedAt = Instant.now();
    }

    /**
     * Starts a session now.
     *
     * @param meetingId decimal id of the meeting row
     * @param speaker the name to show; null when nobody knows
     * @param language ISO 639-1 code; null means detect
     */
    public static AudioSession start(
            EventLog log,
            AudioPublisher publisher,
            String meetingId,
            @Nullable String speaker,
            @Nullable String language) {
        var track = TrackInfo.nth(meetingId, UUID.randomUUID().toString(), 0, language);
        var session = new AudioSession(log, track, speaker, publisher.open(track));
        session.meeting(MeetingEventType.SESSION_STARTED, session.startedAt, null, List.of());
        session.speaker(SpeakerEventType.JOINED, null);
        session.speaker(SpeakerEventType.TRACK_ASSIGNED, track.trackId());
        return session;
    }

    /** The session's UUID. */
    public String sessionUid() {
        return track.sessionUid();
    }

    /** The session's one track. */
    public TrackInfo track() {
        return track;
    }

    /** Wall clock of audio sample 0. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Samples written so far, 16 kHz. */
    public long samples() {
        return next;
    }

    /** Appends samples that arrived just now: 16 kHz mono. */
    public void write(short[] samples) throws InterruptedException {
        Instant firstHeard = Instant.now().minus(AudioTime.duration(samples.length));
        writer.write(samples, next, firstHeard, 0);
        next += samples.length;
    }

    /** Appends samples with the wall clock of the first one: for players that pace their audio. */
    public void write(short[] samples, Instant capturedAt) throws InterruptedException {
        writer.write(samples, next, capturedAt, 0);
        next += samples.length;
    }

    /** Ends the track and the session. Ending twice does nothing more. */
    public void end() throws InterruptedException, TimeoutException {
        end(null);
    }

    /** Ends the track and the session early, with a sentence about why. */
    public void end(@Nullable String error) throws InterruptedException, TimeoutException {
        if (ended) {
            return;
        }
        ended = true;
        writer.end(PATIENCE);
        if (error != null) {
            meeting(MeetingEventType.ERROR, Instant.now(), error, List.of());
        }
        speaker(SpeakerEventType.LEFT, null);
        meeting(MeetingEventType.SESSION_ENDED, Instant.now(), null, List.of(track.trackId()));
    }

    private void meeting(MeetingEventType type, Instant at, @Nullable String detail, List<String> trackIds) {
        var event = MeetingEvent.newBuilder()
                .setMeetingId(track.meetingId())
                .setSessionUid(track.sessionUid())
                .setType(type)
                .setOccurredAt(at)
                .setDetail(detail)
                .setTrackIds(trackIds)
                .build();
        log.publisher(log.topics().meetingEvents())
                .publish(track.meetingId(), event)
                .block(PATIENCE);
    }

    private void speaker(SpeakerEventType type, @Nullable String trackId) {
        var event = SpeakerEvent.newBuilder()
                .setMeetingId(track.meetingId())
                .setSessionUid(track.sessionUid())
                .setType(type)
                .setParticipantId(PARTICIPANT)
                .setName(speaker)
                .setTrackId(trackId)
                .setAtSample(next)
                .setOccurredAt(Instant.now())
                .build();
        log.publisher(log.topics().speakerEvents())
                .publish(track.meetingId(), event)
                .block(PATIENCE);
    }
}
