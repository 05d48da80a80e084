package dev.earshot.asr;

import java.time.Duration;

/**
 * How a worker keeps up.
 *
 * @param tracks listened to
 * @param lag age of the newest audio heard of the track that waits longest, by the wall clock of its capture
 * @param backlogSeconds audio whose finals wait for the decoder
 */
public record WorkerLoad(int tracks, Duration lag, double backlogSeconds) {

    static final WorkerLoad NONE = new WorkerLoad(0, Duration.ZERO, 0);
}
