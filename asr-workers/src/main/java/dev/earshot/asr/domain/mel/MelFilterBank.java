package dev.earshot.asr.domain.mel;

/**
 * Triangular filters on the mel scale of Slaney's Auditory Toolbox, each with an area of one: what {@code librosa.filters.mel}
 * makes by default, and Whisper and NeMo use. Frequencies from 0 to half the sample rate of 16 kHz. Immutable.
 *
 * <p>The scale is linear up to 1000 Hz (15 mel) and logarithmic above, 27 steps for a factor of 6.4. Source: librosa 0.10,
 * {@code filters.mel}, {@code convert.hz_to_mel}.
 */
public final class MelFilterBank {

    private static final double NYQUIST_HZ = 8000;
    private static final double LINEAR_HZ_PER_MEL = 200.0 / 3;
    private static final double LOG_FROM_HZ = 1000;
    private static final double LOG_FROM_MEL = LOG_FROM_HZ / LINEAR_HZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    private final int[] firstBin;
    private final float[][] weights;

    /**
     * @param bands how many filters
     * @param bins frequencies of the spectrum, from 0 to 8 kHz
     */
    public MelFilterBank(int bands, int bins) {
        firstBin = new int[bands];
        weights = new float[bands][];
        double top = mel(NYQUIST_HZ);
        for (int band = 0; band < bands; band++) {
            double left = hertz(top * band / (bands + 1));
            double peak = hertz(top * (band + 1) / (bands + 1));
            double right = hertz(top * (band + 2) / (bands + 1));
            double binHz = NYQUIST_HZ / (bins - 1);
            int first = (int) Math.floor(left / binHz) + 1;
            int last = Math.min(bins - 1, (int) Math.ceil(right / binHz) - 1);
            firstBin[band] = first;
            weights[band] = new float[Math.max(0, last - first + 1)];
            for (int bin = first; bin <= last; bin++) {
                double hz = bin * binHz;
                double height = Math.min((hz - left) / (peak - left), (right - hz) / (right - peak));
                weights[band][bin - first] = (float) (Math.max(0, height) * 2 / (right - left));
            }
        }
    }

    /** How many filters. */
    public int bands() {
        return weights.length;
    }

    /** The weight of a frequency in a band. */
    public float weight(int band, int bin) {
        int at = bin - firstBin[band];
        return at < 0 || at >= weights[band].length ? 0 : weights[band][at];
    }

    /** The energy that a band takes from a power spectrum. */
    float energy(int band, float[] power) {
        float[] row = weights[band];
        int first = firstBin[band];
        float sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * power[first + i];
        }
        return sum;
    }

    private static double mel(double hertz) {
        return hertz < LOG_FROM_HZ
                ? hertz / LINEAR_HZ_PER_MEL
                : LOG_FROM_MEL + Math.log(hertz / LOG_FROM_HZ) / LOG_STEP;
    }

    private static double hertz(double mel) {
        return mel < LOG_FROM_MEL ? mel * LINEAR_HZ_PER_MEL : LOG_FROM_HZ * Math.exp((mel - LOG_FROM_MEL) * LOG_STEP);
    }
}
