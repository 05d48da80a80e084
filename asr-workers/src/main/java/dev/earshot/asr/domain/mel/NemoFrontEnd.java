package dev.earshot.asr.domain.mel;

/**
 * Log-mel features as NeMo's models (Parakeet, FastConformer) want them: one frame per 10 ms, each band brought to mean 0 and
 * variance 1 over the window.
 *
 * <p>Pre-emphasis 0.97; frames of 512 around multiples of 160, zeros beyond the ends, under a symmetric Hann window of 400 in
 * the middle; power; Slaney mel bands; ln(x + 2⁻²⁴); (x - mean) / (unbiased deviation + 10⁻⁵). A window of fewer than 160
 * samples has no frames. Not thread-safe.
 *
 * <p>Source: NeMo 2.0, {@code FilterbankFeatures} in {@code parts/preprocessing/features.py}, without dither.
 */
public final class NemoFrontEnd {

    private static final int HOP_SAMPLES = 160;
    private static final int FRAME_SAMPLES = 512;
    private static final int HANN_SAMPLES = 400;
    private static final float PRE_EMPHASIS = 0.97f;
    private static final float FLOOR = 0x1p-24f;
    private static final double SMALLEST_DEVIATION = 1e-5;

    private final MelFilterBank filters;
    private final RealFourier fourier = new RealFourier(FRAME_SAMPLES);
    private final float[] hann = new float[HANN_SAMPLES];
    private final float[] frame = new float[FRAME_SAMPLES];
    private final float[] power = new float[FRAME_SAMPLES / 2 + 1];

    /** @param bands 80 or 128, as the model was trained */
    public NemoFrontEnd(int bands) {
        filters = new MelFilterBank(bands, power.length);
        for (int i = 0; i < HANN_SAMPLES; i++) {
            hann[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / (HANN_SAMPLES - 1)));
        }
    }

    /** Features of all samples. */
    public Features features(float[] samples) {
        int frames = samples.length / HOP_SAMPLES;
        int bands = filters.bands();
        var values = new float[bands * frames];
        for (int t = 0; t < frames; t++) {
            cut(samples, t * HOP_SAMPLES - HANN_SAMPLES / 2);
            fourier.power(frame, power);
            for (int band = 0; band < bands; band++) {
                values[band * frames + t] = (float) Math.log(filters.energy(band, power) + FLOOR);
            }
        }
        for (int band = 0; band < bands; band++) {
            normalise(values, band * frames, frames);
        }
        return new Features(values, bands, frames);
    }

    private void cut(float[] samples, int start) {
        int margin = (FRAME_SAMPLES - HANN_SAMPLES) / 2;
        for (int i = 0; i < HANN_SAMPLES; i++) {
            int at = start + i;
            float emphasised = 0;
            if (at >= 0 && at < samples.length) {
                emphasised = at == 0 ? samples[0] : samples[at] - PRE_EMPHASIS * samples[at - 1];
            }
            frame[margin + i] = emphasised * hann[i];
        }
    }

    private static void normalise(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, count - 1)) + SMALLEST_DEVIATION;
        for (int i = from; i < from + count; i++) {
            values[i] = (float) ((values[i] - mean) / deviation);
        }
    }
}
