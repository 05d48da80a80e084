package dev.earshot.audio.domain;

import java.util.Arrays;

/**
 * Turns a mono stream of any rate into 16 kHz with a polyphase windowed-sinc filter.
 *
 * <p>Samples are in [-1, 1]. Output sample {@code k} is the input at {@code k / 16000} seconds: the filter's delay is taken
 * out, so that a stream of n input samples gives round(n·16000/rate) output samples in all. Kaiser window, β = 9 (stop band
 * about 90 dB down), pass band to 92 % of the smaller Nyquist frequency. One instance per stream, not thread-safe.
 * Source: J. O. Smith, "Digital Audio Resampling", polyphase form.
 */
public final class Resampler {

    /** Zero crossings of the sinc on each side of its middle: 24 keep the transition band under 8 % of the pass band. */
    private static final int ZERO_CROSSINGS = 24;

    private static final double KAISER_BETA = 9;
    private static final double PASS_BAND = 0.92;

    private final int up;
    private final int down;
    private final int half;
    private final float[][] phases;

    private float[] pending;
    private int filled;
    /** Input position, counted in 1/up of an input sample from {@code pending[half]}, of the next output sample. */
    private long position;

    private long taken;
    private long given;

    /** @param rateHz rate of the input, 1000..768000 */
    public Resampler(int rateHz) {
        if (rateHz < 1_000 || rateHz > 768_000) {
            throw new IllegalArgumentException("sample rate: " + rateHz + " Hz (expected: 1000..768000)");
        }
        int divisor = greatestCommonDivisor(rateHz, AudioTime.RATE_HZ);
        up = AudioTime.RATE_HZ / divisor;
        down = rateHz / divisor;
        half = up == down ? 0 : (int) Math.ceil(ZERO_CROSSINGS * Math.max(1.0, (double) rateHz / AudioTime.RATE_HZ));
        phases = up == down ? new float[0][] : phases(rateHz);
        pending = new float[4 * half + 4096];
        filled = half;
    }

    /** Takes the next {@code count} samples and returns all output that they make possible; the caller owns it. */
    public float[] push(float[] samples, int count) {
        taken += count;
        if (up == down) {
            given += count;
            return Arrays.copyOf(samples, count);
        }
        return resample(samples, count);
    }

    /** Ends the stream and returns the rest of the output, as if zeros followed. */
    public float[] finish() {
        if (up == down) {
            return new float[0];
        }
        long total = Math.round((double) taken * up / down);
        float[] rest = resample(new float[half + down / up + 1], half + down / up + 1);
        int missing = (int) Math.max(0, Math.min(rest.length, total - (given - rest.length)));
        return Arrays.copyOf(rest, missing);
    }

    private float[] resample(float[] samples, int count) {
        if (filled + count > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, filled + count));
        }
        System.arraycopy(samples, 0, pending, filled, count);
        filled += count;
        // The filter at input index i needs [i - half, i + half]; index 0 of the stream rests at pending[half].
        long lastCentre = (long) filled - 2L * half - 1;
        int outputs = (int) Math.max(0, Math.floorDiv(lastCentre * up + up - 1 - position, (long) down) + 1);
        float[] out = new float[outputs];
        for (int k = 0; k < outputs; k++, position += down) {
            out[k] = apply(phases[(int) (position % up)], (int) (position / up));
        }
        int spent = (int) Math.min(position / up, filled);
        System.arraycopy(pending, spent, pending, 0, filled - spent);
        filled -= spent;
        position -= (long) spent * up;
        given += outputs;
        return out;
    }

    private float apply(float[] filter, int from) {
        float sum = 0;
        for (int j = 0; j < filter.length; j++) {
            sum += filter[j] * pending[from + j];
        }
        return sum;
    }

    private float[][] phases(int rateHz) {
        double cutoff = PASS_BAND * Math.min(1.0, (double) AudioTime.RATE_HZ / rateHz);
        float[][] table = new float[up][2 * half + 1];
        double edge = half + 1.0;
        for (int phase = 0; phase < up; phase++) {
            double sum = 0;
            double[] taps = new double[2 * half + 1];
            for (int j = 0; j < taps.length; j++) {
                double x = j - half - (double) phase / up;
                taps[j] = sinc(cutoff * x) * kaiser(x / edge);
                sum += taps[j];
            }
            for (int j = 0; j < taps.length; j++) {
                table[phase][j] = (float) (taps[j] / sum);
            }
        }
        return table;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
    }

    /** Modified Bessel function of the first kind, order 0, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
