package dev.earshot.asr.domain;

/**
 * The one axis of a session's audio: sample index at 16 kHz, 0 at the session's start. Frames of 20 ms lie on its absolute
 * grid, so two workers that start reading at different chunks cut the same frames.
 */
public final class AudioTime {

    public static final int SAMPLE_RATE_HZ = 16_000;
    public static final int SAMPLES_PER_MS = 16;
    public static final int FRAME_SAMPLES = 320;
    public static final int FRAME_MS = 20;

    private AudioTime() {}

    /** Milliseconds of a sample index, rounded down. */
    public static long millis(long sample) {
        return sample / SAMPLES_PER_MS;
    }

    /** The first frame that begins at the sample or after it. */
    public static long firstFrameFrom(long sample) {
        return -Math.floorDiv(-sample, FRAME_SAMPLES);
    }

    /** First sample of a frame. */
    public static long sampleOf(long frame) {
        return frame * FRAME_SAMPLES;
    }

    /** Whole frames in a duration. */
    public static int frames(int millis) {
        return millis / FRAME_MS;
    }
}
