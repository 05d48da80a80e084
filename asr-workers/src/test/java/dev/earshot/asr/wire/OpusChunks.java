package dev.earshot.asr.wire;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Encodes a chunk as its description in {@code AudioChunk.avsc} says; the product's own encoder is in audio-ingest. */
public final class OpusChunks {

    private static final int PACKET = 320;

    private OpusChunks() {}

    /** Samples [from, from + count) of the audio; zeros stand before its start and behind its end. */
    public static ByteBuffer encode(short[] audio, int from, int count) {
        try {
            var encoder = new OpusEncoder(16_000, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            encoder.setBitrate(20_000);
            encoder.setUseVBR(true);
            int lookahead = encoder.getLookahead();
            var payload = new ByteArrayOutputStream();
            var packet = new byte[1275];
            var samples = new short[PACKET];
            for (int at = from - PACKET; at < from + count; at += PACKET) {
                for (int i = 0; i < PACKET; i++) {
                    int sample = at + lookahead + i;
                    samples[i] = sample < 0 || sample >= audio.length ? 0 : audio[sample];
                }
                int length = encoder.encode(samples, 0, PACKET, packet, 0, packet.length);
                payload.write(length >> 8);
                payload.write(length);
                payload.write(packet, 0, length);
            }
            return ByteBuffer.wrap(payload.toByteArray());
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }
}
