package dev.earshot.audio;

import dev.earshot.schema.avro.AudioChunk;
import reactor.core.publisher.Mono;

/** Where chunks go: Kafka, or a list in tests. */
@FunctionalInterface
public interface ChunkSink {

    /** Completes when the chunk is safe; an error means that it is not there and may be offered again. */
    Mono<?> publish(AudioChunk chunk, int partition);
}
