package dev.earshot.asr.domain.mel;

/**
 * The discrete Fourier transform of real frames of one even length, by its power spectrum. Any length works; lengths with small
 * prime factors (400 = 2⁴·5², 512 = 2⁹) are fast. Not thread-safe: it keeps its work space.
 *
 * <p>Pairs of samples are taken as complex numbers, transformed at half the length by decimation in time with mixed radices,
 * and taken apart again. Source: Cooley and Tukey 1965; for the packing, Press et al., Numerical Recipes §12.3.
 */
final class RealFourier {

    private final int half;
    private final double[] cosines;
    private final double[] sines;
    private final double[] real;
    private final double[] imaginary;
    private final double[] work;

    /** @param length samples per frame: even */
    RealFourier(int length) {
        if (length < 2 || length % 2 != 0) {
            throw new IllegalArgumentException("length: " + length + " (expected: even)");
        }
        half = length / 2;
        cosines = new double[length];
        sines = new double[length];
        for (int i = 0; i < length; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / length);
            sines[i] = -Math.sin(2 * Math.PI * i / length);
        }
        real = new double[half];
        imaginary = new double[half];
        work = new double[2 * largestFactor(half)];
    }

    /** Squared magnitudes of the frame's {@code length / 2 + 1} lowest frequencies. */
    void power(float[] frame, float[] power) {
        transform(frame, 0, 1, half, 0);
        for (int k = 0; k <= half; k++) {
            int mirror = (half - k) % half;
            int at = k % half;
            double evenReal = (real[at] + real[mirror]) / 2;
            double evenImaginary = (imaginary[at] - imaginary[mirror]) / 2;
            double oddReal = (imaginary[at] + imaginary[mirror]) / 2;
            double oddImaginary = (real[mirror] - real[at]) / 2;
            double sumReal = evenReal + oddReal * cosines[k] - oddImaginary * sines[k];
            double sumImaginary = evenImaginary + oddReal * sines[k] + oddImaginary * cosines[k];
            power[k] = (float) (sumReal * sumReal + sumImaginary * sumImaginary);
        }
    }

    /** Transforms every {@code stride}-th pair from {@code first} on into {@code size} values from {@code at} on. */
    private void transform(float[] frame, int first, int stride, int size, int at) {
        if (size == 1) {
            real[at] = frame[2 * first];
            imaginary[at] = frame[2 * first + 1];
            return;
        }
        int radix = smallestFactor(size);
        int part = size / radix;
        for (int r = 0; r < radix; r++) {
            transform(frame, first + r * stride, stride * radix, part, at + r * part);
        }
        // One turn of this stage's circle is the whole table, which has two entries per complex value.
        int turn = 2 * half / size;
        for (int k = 0; k < part; k++) {
            join(at + k, part, radix, k * turn, part * turn);
        }
    }

    /** Joins the k-th values of {@code radix} parts: a transform of that length of the values turned by their twiddles. */
    private void join(int at, int part, int radix, int twiddle, int quarter) {
        for (int r = 0; r < radix; r++) {
            int angle = r * twiddle;
            double re = real[at + r * part];
            double im = imaginary[at + r * part];
            work[2 * r] = re * cosines[angle] - im * sines[angle];
            work[2 * r + 1] = re * sines[angle] + im * cosines[angle];
        }
        for (int q = 0; q < radix; q++) {
            double sumReal = work[0];
            double sumImaginary = work[1];
            for (int r = 1; r < radix; r++) {
                int angle = r * q % radix * quarter;
                sumReal += work[2 * r] * cosines[angle] - work[2 * r + 1] * sines[angle];
                sumImaginary += work[2 * r] * sines[angle] + work[2 * r + 1] * cosines[angle];
            }
            real[at + q * part] = sumReal;
            imaginary[at + q * part] = sumImaginary;
        }
    }

    private static int smallestFactor(int number) {
        for (int factor = 2; factor * factor <= number; factor++) {
            if (number % factor == 0) {
                return factor;
            }
        }
        return number;
    }

    private static int largestFactor(int number) {
        int rest = number;
        int largest = 1;
        while (rest > 1) {
            int factor = smallestFactor(rest);
            largest = Math.max(largest, factor);
            rest /= factor;
        }
        return largest;
    }
}
