package dev.earshot.audio.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian 16-bit samples as they are. */
public final class PcmChunkEncoder implements ChunkEncoder {

    @Override
    public int history() {
        return 0;
    }

    @Override
    public int lookahead() {
        return 0;
    }

    @Override
    public byte[] encode(short[] window, int sampleCount) {
        var bytes = ByteBuffer.allocate(2 * sampleCount).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(window, 0, sampleCount);
        return bytes.array();
    }
}
