package dev.earshot.bench.latency;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.AudioSession;
import dev.earshot.eventlog.EventLog;
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

    /** For {@code most}: the speaker never stops. */
    static final long ENDLESS = Long.MAX_VALUE;

    private static final int BURST_SAMPLES = (int) BURST.toMillis() * SpeechLoop.SAMPLES_PER_MS;

    private final SpeechLoop speech;
    private final long phase;
    private final long most;
    private final AudioSession session;
    private boolean saidAll;
    private boolean ended;

    private PacedTrack(SpeechLoop speech, long phase, long most, AudioSession session) {
        this.speech = speech;
        this.phase = phase;
        this.most = most;
        this.session = session;
    }

    /**
     * Starts the meeting's session now; the speaker begins {@code phase} samples into the loop.
     *
     * @param most samples after which the speaker has nothing more to say
     */
    static PacedTrack start(
            EventLog log, AudioPublisher publisher, long meetingId, SpeechLoop speech, long phase, long most) {
        String speaker = "Speaker of meeting " + meetingId;
        return new PacedTrack(
                speech, phase, most, AudioSession.start(log, publisher, Long.toString(meetingId), speaker, null));
    }

    /** Writes every burst that is due. Returns whether the speaker has nothing more to say, when that is new. */
    synchronized boolean tick() throws InterruptedException {
        if (ended || saidAll) {
            return false;
        }
        long due = microsSince(session.startedAt()) * SpeechLoop.SAMPLES_PER_MS / 1000;
        writeTo(Math.min(most, due));
        saidAll = due >= most;
        return saidAll;
    }

    private void writeTo(long due) throws InterruptedException {
        while (session.samples() + BURST_SAMPLES <= due) {
            short[] burst = new short[BURST_SAMPLES];
            speech.copy(phase, session.samples(), burst);
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
        return speech.turns(phase, session.samples());
    }

    /** Says at once what the speaker still has to say, if that has an end, and ends the session; at most once. */
    synchronized void end() throws InterruptedException, TimeoutException {
        if (!ended) {
            ended = true;
            writeTo(most == ENDLESS ? 0 : most);
            session.end();
        }
    }
}
