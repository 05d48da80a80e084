package dev.earshot.audio;

import dev.earshot.audio.domain.AudioTime;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Audio of one speaker that no bot brings, as a session of a meeting: one track, and the events around it.
 *
 * <p>Starting says SESSION_STARTED, JOINED and TRACK_ASSIGNED; ending says LEFT and SESSION_ENDED after the last chunk is in
 * Kafka, and also when it does not get there: a session that nobody ended would stay open for hours. Blocking; one thread at
 * a time.
 */
public final class AudioSession {

    /** How long one event may take to get into Kafka before the session fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PARTICIPANT = "speaker";

    private final SessionLog log;
    private final TrackInfo track;
    private final @Nullable String speaker;
    private final Instant startedAt;
    private final TrackWriter writer;
    private long next;
    private boolean ended;

    private AudioSession(SessionLog log, TrackInfo track, @Nullable String speaker, TrackWriter writer) {
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
     * @param options what the user asks for
     */
    public static AudioSession start(
            EventLog log,
            AudioPublisher publisher,
            String meetingId,
            @Nullable String speaker,
            DecodingOptions options) {
        return start(log, publisher, TrackInfo.first(meetingId, options), speaker);
    }

    /** The same with a track that is the first of a new session, in whatever codec. */
    public static AudioSession start(
            EventLog log, AudioPublisher publisher, TrackInfo track, @Nullable String speaker) {
        return start(SessionLog.on(log, PATIENCE), publisher, track, speaker);
    }

    static AudioSession start(SessionLog log, AudioPublisher publisher, TrackInfo track, @Nullable String speaker) {
        var session = new AudioSession(log, track, speaker, publisher.open(track));
        session.begin();
        return session;
    }

    /** Says that the session is there. If that fails, gives the track up and ends what may have begun. */
    private void begin() {
        try {
            meeting(MeetingEventType.SESSION_STARTED, startedAt, null, List.of());
            speaker(SpeakerEventType.JOINED, null);
            speaker(SpeakerEventType.TRACK_ASSIGNED, track.trackId());
        } catch (RuntimeException e) {
            ended = true;
            writer.abandon();
            // Also when the start was not taken in time: it may still be on its way.
            var goodbye = new Goodbye();
            goodbye.say(() -> meeting(MeetingEventType.SESSION_ENDED, Instant.now(), null, List.of()));
            goodbye.restoreInterrupt();
            throw e;
        }
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

    /**
     * Ends the track and the session early, with a sentence about why. The session ends in Kafka whatever becomes of its
     * track, also when this thread is interrupted; the first failure is thrown after that, the interrupt is kept.
     */
    public void end(@Nullable String error) throws InterruptedException, TimeoutException {
        if (ended) {
            return;
        }
        ended = true;
        var goodbye = new Goodbye();
        Exception lost = null;
        try {
            writer.end(PATIENCE);
        } catch (InterruptedException | TimeoutException | RuntimeException e) {
            lost = e;
        }
        String reason = error != null || lost == null ? error : restMayBeLost(lost);
        if (reason != null) {
            goodbye.say(() -> meeting(MeetingEventType.ERROR, Instant.now(), reason, List.of()));
        }
        goodbye.say(() -> speaker(SpeakerEventType.LEFT, null));
        goodbye.say(() -> meeting(MeetingEventType.SESSION_ENDED, Instant.now(), null, List.of(track.trackId())));
        goodbye.restoreInterrupt();
        rethrow(lost);
        rethrow(goodbye.failure);
    }

    private static String restMayBeLost(Exception why) {
        return why instanceof InterruptedException
                ? "The rest of the audio may be lost: its writer was stopped."
                : "The rest of the audio may be lost: " + why.getMessage();
    }

    private static void rethrow(@Nullable Exception failure) throws InterruptedException, TimeoutException {
        if (failure instanceof InterruptedException e) {
            throw e;
        }
        if (failure instanceof TimeoutException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Says one thing after the other whatever happens to the one before, and holds interrupts back until all is said. */
    private static final class Goodbye {
        private boolean interrupted = Thread.interrupted();
        private @Nullable RuntimeException failure;

        void say(Runnable word) {
            interrupted |= Thread.interrupted();
            try {
                word.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }

        void restoreInterrupt() {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
        log.say(event);
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
        log.say(event);
    }
}
