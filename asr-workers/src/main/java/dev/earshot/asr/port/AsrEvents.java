package dev.earshot.asr.port;

import dev.earshot.asr.domain.Gap;
import java.time.Duration;

/**
 * Told what a worker does. Called on the worker's threads: fast, and never throws.
 *
 * <p>Conservation: frames received = accepted + dropped; each utterance that starts ends once, unless its partition goes to
 * another worker.
 */
public interface AsrEvents {

    /** Hears nothing. */
    AsrEvents NOOP = new AsrEvents() {};

    /** What kind of hypothesis something is about. */
    enum Kind {
        PARTIAL,
        FINAL
    }

    /** Why a chunk was not used. */
    enum Dropped {
        /** Its number was seen before. */
        DUPLICATE,
        /** It could not be decoded; it is among the dead letters. */
        UNREADABLE
    }

    /** How an utterance ended. */
    enum Outcome {
        RECOGNIZED,
        /** Its final has no words. */
        EMPTY,
        /** The recogniser threw; its final has no words. */
        FAILED
    }

    /** The model is loaded and computes there: {@code cpu} or {@code cuda}. */
    default void modelLoaded(ModelInfo model) {}

    /** A chunk of so many 20 ms frames came. */
    default void framesReceived(int frames) {}

    default void framesAccepted(int frames) {}

    default void framesDropped(int frames, Dropped reason) {}

    /** How old the newest audio heard is, by the wall clock of its capture, on the track that waits longest. */
    default void audioLag(Duration lag) {}

    default void audioLost(double seconds, Gap.Reason reason) {}

    default void utteranceStarted() {}

    default void utteranceEnded(Outcome outcome) {}

    /**
     * A batch was decoded.
     *
     * @param windows how many
     * @param seconds of audio in them
     */
    default void batchDecoded(int windows, double seconds, Duration took) {}

    /** A partial was given up for something more urgent. */
    default void partialsSkipped(int count) {}

    /** A hypothesis is on its topic, so long after the audio that it needed was captured. */
    default void hypothesisPublished(Kind kind, Duration latency) {}

    /** Seconds of audio whose finals wait to be decoded. */
    default void backlog(double seconds) {}

    /** How many tracks are listened to. */
    default void tracks(int count) {}

    /** Everything begins again from what was committed. */
    default void restarted() {}
}
