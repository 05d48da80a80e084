package dev.earshot.asr.domain.mel;

import java.util.Arrays;

/**
 * Log-mel features as Whisper wants them: a window of exactly 30 s, 3000 frames of 10 ms, about -1 to 1.
 *
 * <p>The window is filled up with zeros; frames of 400 samples under a periodic Hann window lie centred on multiples of 160, the
 * ends mirrored; power; Slaney mel bands; log₁₀, no more than 8 below the window's loudest value; (x + 4) / 4. Not thread-safe.
 *
 * <p>Source: transformers 4.44, {@code WhisperFeatureExtractor}; openai-whisper, {@code audio.py}. The loudest value is that of
 * the window, as in transformers, not that of the whole recording.
 */
public final class WhisperFrontEnd {

    public static final int WINDOW_SAMPLES = 480_000;
    public static final int FRAMES = 3000;

    private static final int FRAME_SAMPLES = 400;
    private static final int HOP_SAMPLES = 160;
    private static final float QUIETEST = 1e-10f;
    private static final float RANGE = 8;

    private final MelFilterBank filters;
    private final RealFourier fourier = new RealFourier(FRAME_SAMPLES);
    private final float[] hann = new float[FRAME_SAMPLES];
    private final float[] frame = new float[FRAME_SAMPLES];
    private final float[] power = new float[FRAME_SAMPLES / 2 + 1];

    /** @param bands 80, or 128 for the models of large-v3 */
    public WhisperFrontEnd(int bands) {
        filters = new MelFilterBank(bands, power.length);
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            hann[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME_SAMPLES));
        }
    }

    /** Features of samples [from, from + 30 s), as far as there are any. */
    public Features features(float[] samples, int from) {
        int length = Math.min(WINDOW_SAMPLES, samples.length - from);
        int bands = filters.bands();
        var values = new float[bands * FRAMES];
        Arrays.fill(values, log(0));
        // Frames behind the audio see zeros only: their logarithm is there already.
        int heard = Math.min(FRAMES, (length + FRAME_SAMPLES / 2 + HOP_SAMPLES - 1) / HOP_SAMPLES);
        float loudest = log(0);
        for (int t = 0; t < heard; t++) {
            cut(samples, from, length, t * HOP_SAMPLES - FRAME_SAMPLES / 2);
            fourier.power(frame, power);
            for (int band = 0; band < bands; band++) {
                float value = log(filters.energy(band, power));
                values[band * FRAMES + t] = value;
                loudest = Math.max(loudest, value);
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (Math.max(values[i], loudest - RANGE) + 4) / 4;
        }
        return new Features(values, bands, FRAMES);
    }

    private void cut(float[] samples, int from, int length, int start) {
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            int at = start + i;
            // Mirrored without repeating the outermost sample, as numpy's "reflect" does.
            int mirrored = at < 0 ? -at : at < WINDOW_SAMPLES ? at : 2 * (WINDOW_SAMPLES - 1) - at;
            frame[i] = mirrored < length ? samples[from + mirrored] * hann[i] : 0;
        }
    }

    private static float log(float energy) {
        return (float) Math.log10(Math.max(energy, QUIETEST));
    }
}
