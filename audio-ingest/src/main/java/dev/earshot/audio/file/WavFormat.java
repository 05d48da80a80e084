package dev.earshot.audio.file;

import java.nio.ByteBuffer;

/** How the samples of a WAV file are coded, and how one of them is read. */
record WavFormat(boolean isFloat, int bits, int channels, int rateHz) {

    /** Bytes of one sample of all channels. */
    int blockBytes() {
        return channels * bits / 8;
    }

    /** Reads one sample of every channel, little-endian, and returns their mean in [-1, 1]. */
    float mixDown(ByteBuffer data) {
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            sum += isFloat ? readFloat(data) : readPcm(data);
        }
        return (float) Math.max(-1, Math.min(1, sum / channels));
    }

    private double readFloat(ByteBuffer data) {
        double value = bits == 32 ? data.getFloat() : data.getDouble();
        return Double.isFinite(value) ? value : 0;
    }

    private double readPcm(ByteBuffer data) {
        return switch (bits) {
            case 8 -> (Byte.toUnsignedInt(data.get()) - 128) / 128.0;
            case 16 -> data.getShort() / 32768.0;
            case 24 -> ((data.get() & 0xFF) | (data.get() & 0xFF) << 8 | data.get() << 16) / 8388608.0;
            default -> data.getInt() / 2147483648.0;
        };
    }
}
