package dev.earshot.audio;

import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one client of the endpoints, from the request to its end in Kafka.
 *
 * <p>A client that hangs up interrupts whatever thread works for it at that moment, and its session is ended from another
 * one: each method waits until the one before it is done. What was begun is ended, however far beginning had come.
 */
final class ClientSession {

    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    private final Supplier<AudioSession> beginning;
    private @Nullable AudioSession session;
    private boolean ended;

    ClientSession(Supplier<AudioSession> beginning) {
        this.beginning = beginning;
    }

    /** Begins the session. Nothing begins after the end. */
    synchronized AudioSession start() {
        if (ended) {
            throw new IllegalStateException("the client hung up before its session had begun");
        }
        AudioSession begun = beginning.get();
        session = begun;
        log.info(
                "audio_session_started meeting_id={} session_uid={}",
                begun.track().meetingId(),
                begun.sessionUid());
        return begun;
    }

    /** Writes samples that arrived just now; what comes after the end is left out. */
    synchronized void write(short[] samples) throws InterruptedException {
        if (session != null && !ended) {
            session.write(samples);
        }
    }

    /** Ends the session if it was begun, with a sentence about why if it ends early. Ending twice does nothing more. */
    synchronized void end(@Nullable String error) throws InterruptedException, TimeoutException {
        if (session != null && !ended) {
            ended = true;
            session.end(error);
            log.info("audio_session_ended session_uid={} samples={}", session.sessionUid(), session.samples());
        }
        ended = true;
    }
}
