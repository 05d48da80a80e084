package dev.earshot.bench.latency;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.AudioSession;
import dev.earshot.audio.TrackInfo;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.avro.AudioCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * One speaker in one meeting, in real time: each {@link #tick} brings what a microphone would have captured since the last,
 * with the wall clock at which it would have. One thread at a time.
 */
public final class PacedTrack {

    /** What browsers and phones hand over at a time. */
    static final Duration BURST = Duration.ofMillis(20);

    private static final int BURST_SAMPLES = (int) BURST.toMillis() * SpeechLoop.SAMPLES_PER_MS;

    private final Part part;
    private final AudioSession session;
    private boolean saidAll;
    private boolean ended;

    /**
     * What a speaker says.
     *
     * @param phase where in the loop it begins, in samples
     * @param most samples after which there is nothing more to say; {@link #ENDLESS} when there always is
     */
    record Part(SpeechLoop speech, long phase, long most) {

        static final long ENDLESS = Long.MAX_VALUE;
    }

    private PacedTrack(Part part, AudioSession session) {
        this.part = part;
        this.session = session;
    }

    /** Starts the meeting's session now. */
    static PacedTrack start(EventLog log, AudioPublisher publisher, long meetingId, Part part, AudioCodec codec) {
        TrackInfo track =
                TrackInfo.first(Long.toString(meetingId), DecodingOptions.NONE).in(codec);
        return new PacedTrack(part, AudioSession.start(log, publisher, track, "Speaker of meeting " + meetingId));
    }

    /** Writes every burst that is due. Returns whether the speaker has nothing more to say, when that is new. */
    synchronized boolean tick() throws InterruptedException {
        if (ended || saidAll) {
            return false;
        }
        long due = microsSince(session.startedAt()) * SpeechLoop.SAMPLES_PER_MS / 1000;
        writeTo(Math.min(part.most(), due));
        saidAll = due >= part.most();
        return saidAll;
    }

    private void writeTo(long due) throws InterruptedException {
        while (session.samples() + BURST_SAMPLES <= due) {
            short[] burst = new short[BURST_SAMPLES];
            part.speech().copy(part.phase(), session.samples(), burst);
            session.write(burst, capturedAt(session.samples()));
        }
    }

    private static long microsSince(Instant start) {
        return Duration.between(start, Instant.now()).toNanos() / 1000;
    }

    /** Wall clock at which a sample of this track was captured. */
    public Instant capturedAt(long sample) {
        return session.startedAt().plusNanos(sample * 1_000_000 / SpeechLoop.SAMPLES_PER_MS);
    }

    /** The whole turns spoken so far. */
    public List<SpeechLoop.Span> turns() {
        return part.speech().turns(part.phase(), session.samples());
    }

    /** Says at once what the speaker still has to say, if that has an end, and ends the session; at most once. */
    synchronized void end() throws InterruptedException, TimeoutException {
        if (!ended) {
            ended = true;
            writeTo(part.most() == Part.ENDLESS ? 0 : part.most());
            session.end();
        }
    }
}
