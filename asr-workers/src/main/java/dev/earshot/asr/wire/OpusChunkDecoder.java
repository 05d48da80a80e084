package dev.earshot.asr.wire;

import dev.earshot.asr.domain.AudioTime;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;

/**
 * Decodes an Opus chunk: packets of 20 ms, each behind a 16-bit big-endian length. The decoder starts anew with each chunk;
 * the first packet only brings it up to speed and its output is dropped, so a chunk sounds the same whatever was decoded
 * before. Not thread-safe.
 */
final class OpusChunkDecoder {

    private static final int PACKET_SAMPLES = AudioTime.FRAME_SAMPLES;

    private final OpusDecoder decoder;
    private final short[] packet = new short[PACKET_SAMPLES];

    OpusChunkDecoder() {
        try {
            decoder = new OpusDecoder(AudioTime.SAMPLE_RATE_HZ, 1);
        } catch (OpusException e) {
            throw new IllegalStateException("cannot make an Opus decoder", e);
        }
    }

    short[] decode(ByteBuffer payload, int sampleCount) throws UnreadableChunkException {
        var samples = new short[sampleCount];
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        decoder.resetState();
        int at = 0;
        int packets = 0;
        for (int filled = -PACKET_SAMPLES; filled < sampleCount; filled += PACKET_SAMPLES) {
            if (at + 2 > bytes.length) {
                throw new UnreadableChunkException("Opus payload: " + packets + " packets for " + sampleCount
                        + " samples (expected: one per 20 ms and one before)");
            }
            int length = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
            at += 2;
            if (length == 0 || at + length > bytes.length) {
                throw new UnreadableChunkException("Opus packet " + packets + ": " + length + " bytes of "
                        + (bytes.length - at) + " left (expected: at least 1 and no more than are left)");
            }
            decodePacket(bytes, at, length, packets);
            if (filled >= 0) {
                System.arraycopy(packet, 0, samples, filled, Math.min(PACKET_SAMPLES, sampleCount - filled));
            }
            at += length;
            packets++;
        }
        if (at < bytes.length) {
            throw new UnreadableChunkException("Opus payload: " + (bytes.length - at) + " bytes behind the packets of "
                    + sampleCount + " samples (expected: none)");
        }
        return samples;
    }

    private void decodePacket(byte[] bytes, int offset, int length, int number) throws UnreadableChunkException {
        int decoded;
        try {
            decoded = decoder.decode(bytes, offset, length, packet, 0, PACKET_SAMPLES, false);
        } catch (OpusException | RuntimeException | AssertionError e) {
            // concentus answers broken packets with whatever its arithmetic runs into.
            throw new UnreadableChunkException("Opus packet " + number + " of " + length + " bytes is broken", e);
        }
        if (decoded != PACKET_SAMPLES) {
            throw new UnreadableChunkException(
                    "Opus packet " + number + ": " + decoded + " samples (expected: " + PACKET_SAMPLES + ")");
        }
    }
}
