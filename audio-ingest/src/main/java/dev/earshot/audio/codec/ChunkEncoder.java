package dev.earshot.audio.codec;

import dev.earshot.schema.avro.AudioCodec;

/**
 * Encodes one chunk without knowing its neighbours. Instances may keep working memory: one per track, not thread-safe.
 */
public sealed interface ChunkEncoder permits OpusChunkEncoder, PcmChunkEncoder {

    /** The codec that a track asked for. */
    static ChunkEncoder of(AudioCodec codec) {
        return switch (codec) {
            case OPUS -> new OpusChunkEncoder();
            case PCM_S16LE -> new PcmChunkEncoder();
            case UNKNOWN -> throw new IllegalArgumentException("codec: UNKNOWN (expected: OPUS or PCM_S16LE)");
        };
    }

    /** Samples before the chunk that the window must contain. */
    int history();

    /** Samples after the chunk that the window must contain. */
    int lookahead();

    /**
     * Returns the payload as {@code AudioChunk.payload} describes it.
     *
     * @param window {@link #history()} samples, 3200 samples of the chunk, {@link #lookahead()} samples; 16 kHz mono
     * @param sampleCount how many of the 3200 are the chunk's, 0..3200; none give an empty payload
     */
    byte[] encode(short[] window, int sampleCount);
}
