package dev.earshot.asr.domain;

import java.util.Arrays;

/**
 * A track's last audio, addressed by session audio time. Grows to the longest utterance and is then used again; samples are
 * kept as they were decoded, 16 bits. Not thread-safe.
 */
final class SampleBuffer {

    private static final int INITIAL_SAMPLES = 2 * AudioTime.SAMPLE_RATE_HZ;
    private static final float FULL_SCALE = 32768f;

    private static final short[] NONE = {};

    private short[] samples = NONE;
    private long start;
    private int length;

    /** Drops everything, its memory too, and goes on at a sample: tracks that fell silent are many. */
    void restart(long sample) {
        samples = NONE;
        start = sample;
        length = 0;
    }

    void append(short[] more, int offset, int count) {
        if (length + count > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(Math.max(INITIAL_SAMPLES, samples.length * 2), length + count));
        }
        System.arraycopy(more, offset, samples, length, count);
        length += count;
    }

    /** Drops what lies before a sample. */
    void trim(long before) {
        int drop = (int) Math.min(length, before - start);
        // Moving the rest costs; it is done when there is at least as much to drop as to keep.
        if (drop > 0 && drop >= length - drop) {
            System.arraycopy(samples, drop, samples, 0, length - drop);
            start += drop;
            length -= drop;
        }
    }

    long end() {
        return start + length;
    }

    short[] array() {
        return samples;
    }

    /** Where a sample lies in {@link #array}. */
    int index(long sample) {
        return (int) (sample - start);
    }

    /** A copy of a range, in [-1, 1]. */
    Window window(long from, long to) {
        var copy = new float[(int) (to - from)];
        int first = index(from);
        for (int i = 0; i < copy.length; i++) {
            copy[i] = samples[first + i] / FULL_SCALE;
        }
        return new Window(copy);
    }
}
