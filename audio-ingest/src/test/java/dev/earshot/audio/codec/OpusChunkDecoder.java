package dev.earshot.audio.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads a chunk's payload as its schema describes it, with a decoder that has never seen another chunk. */
final class OpusChunkDecoder {

    private OpusChunkDecoder() {}

    static short[] decode(byte[] payload, int sampleCount) throws OpusException {
        var decoder = new OpusDecoder(16_000, 1);
        var packets = ByteBuffer.wrap(payload);
        short[] samples = new short[320 + 3_200];
        int decoded = 0;
        while (packets.hasRemaining()) {
            byte[] packet = new byte[Short.toUnsignedInt(packets.getShort())];
            packets.get(packet);
            decoded += decoder.decode(packet, 0, packet.length, samples, decoded, 320, false);
        }
        return Arrays.copyOfRange(samples, 320, 320 + sampleCount);
    }
}
