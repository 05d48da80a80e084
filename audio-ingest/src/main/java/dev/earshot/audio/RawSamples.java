package dev.earshot.audio;

import io.netty.buffer.ByteBuf;

/**
 * Reads raw little-endian 16 kHz mono samples from messages that may be cut anywhere, even within a sample. One per stream,
 * not thread-safe.
 */
final class RawSamples {

    /** How a stream's samples are coded. */
    enum Coding {
        S16LE(2),
        F32LE(4);

        private final int bytes;

        Coding(int bytes) {
            this.bytes = bytes;
        }
    }

    private final Coding coding;
    private final byte[] rest;
    private int restLength;

    RawSamples(Coding coding) {
        this.coding = coding;
        this.rest = new byte[coding.bytes];
    }

    /** The samples that are complete with this message; consumes it. */
    short[] read(ByteBuf message) {
        int available = restLength + message.readableBytes();
        short[] samples = new short[available / coding.bytes];
        for (int i = 0; i < samples.length; i++) {
            message.readBytes(rest, restLength, coding.bytes - restLength);
            restLength = 0;
            samples[i] = sample();
        }
        int left = message.readableBytes();
        message.readBytes(rest, restLength, left);
        restLength += left;
        return samples;
    }

    private short sample() {
        if (coding == Coding.S16LE) {
            return (short) ((rest[0] & 0xFF) | rest[1] << 8);
        }
        int bits = (rest[0] & 0xFF) | (rest[1] & 0xFF) << 8 | (rest[2] & 0xFF) << 16 | rest[3] << 24;
        float value = Float.intBitsToFloat(bits);
        return (short) Math.round(Math.max(-32768f, Math.min(32767f, (Float.isNaN(value) ? 0f : value) * 32768f)));
    }
}
