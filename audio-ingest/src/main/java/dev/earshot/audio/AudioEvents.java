package dev.earshot.audio;

import java.time.Duration;

/**
 * What happens to audio on its way into Kafka, for meters and tests. Calls come from writing threads and from Kafka's; they
 * must be fast and must not throw. Conservation: samples published + samples waiting = samples written.
 */
public interface AudioEvents {

    /** Listens to nothing. */
    AudioEvents NONE = new AudioEvents() {};

    /** A track was opened on a partition of the audio topic. */
    default void trackStarted(int partition) {}

    /** A chunk is in Kafka. */
    default void chunkPublished(int samples, int lostSamples, int bytes) {}

    /** Kafka did not take a chunk; it will be offered again. */
    default void publishRetried(Throwable reason) {}

    /** A writer had to wait for room. */
    default void writeDelayed(Duration waited) {}

    /** A track has ended and all its chunks are in Kafka. */
    default void trackEnded(int partition) {}
}
