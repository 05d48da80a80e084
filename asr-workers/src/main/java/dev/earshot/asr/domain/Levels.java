package dev.earshot.asr.domain;

/** How loud a frame is. */
final class Levels {

    private static final double SILENCE_POWER = 1e-10;
    private static final double FULL_SCALE = 32768.0;

    private Levels() {}

    /** Of {@value AudioTime#FRAME_SAMPLES} samples, dB relative to full scale, without a constant offset: -100..0. */
    static float of(short[] samples, int offset) {
        long sum = 0;
        long squares = 0;
        for (int i = offset; i < offset + AudioTime.FRAME_SAMPLES; i++) {
            long sample = samples[i];
            sum += sample;
            squares += sample * sample;
        }
        double mean = (double) sum / AudioTime.FRAME_SAMPLES;
        double power = ((double) squares / AudioTime.FRAME_SAMPLES - mean * mean) / (FULL_SCALE * FULL_SCALE);
        return (float) (10 * Math.log10(Math.max(power, SILENCE_POWER)));
    }
}
