package dev.earshot.audio;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventPublisher;
import dev.earshot.schema.avro.AudioChunk;

/**
 * Puts tracks of audio on {@code audio.chunk.v1}.
 *
 * <p>Each track gets one partition, the least loaded when it starts, and keeps it. Nothing is dropped: while Kafka is slow
 * or away, {@link TrackWriter#write} takes longer. Thread-safe; the event log stays its owner's.
 */
public final class AudioPublisher {

    private final ChunkSink sink;
    private final PartitionLoad load;
    private final AudioEvents events;

    /** A publisher to a sink of the caller's. */
    public AudioPublisher(ChunkSink sink, int partitions, AudioEvents events) {
        this.sink = sink;
        this.load = new PartitionLoad(partitions);
        this.events = events;
    }

    /** A publisher on the log's audio topic. Touches no server. */
    public static AudioPublisher on(EventLog log) {
        return on(log, AudioEvents.NONE);
    }

    /** The same, with a listener. */
    public static AudioPublisher on(EventLog log, AudioEvents events) {
        EventPublisher<AudioChunk> chunks = log.publisher(log.topics().audioChunks());
        return new AudioPublisher(
                (chunk, partition) -> chunks.publish(chunk.getTrackId(), chunk, partition),
                log.topics().audioChunks().partitions(),
                events);
    }

    /** Starts a track. */
    public TrackWriter open(TrackInfo track) {
        int partition = load.take(track.trackId());
        events.trackStarted(partition);
        return new TrackWriter(track, partition, sink, events, () -> {
            load.release(partition);
            events.trackEnded(partition);
        });
    }
}
