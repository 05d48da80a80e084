package dev.earshot.audio.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 47_999, 6_000})
    void keepsSine_atAnyRate(int rateHz) {
        double hertz = Math.min(1_000, rateHz / 8.0);

        float[] output = resample(sine(rateHz, hertz, rateHz), rateHz, 480);

        assertThat(output).hasSize(16_000);
        assertThat(signalToNoise(output, sine(16_000, hertz, 16_000))).isGreaterThan(70);
    }

    @ParameterizedTest
    @CsvSource({"48000, 9500", "44100, 12000", "96000, 30000"})
    void removesTone_aboveTheNewNyquistFrequency(int rateHz, double hertz) {
        float[] output = resample(sine(rateHz, hertz, rateHz), rateHz, 480);

        assertThat(power(Arrays.copyOfRange(output, 1_000, 15_000))).isLessThan(1e-7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 479, 480, 481, 44_100})
    void givesTheSame_howeverTheInputIsCut(int piece) {
        float[] input = sine(44_100, 700, 44_100);

        assertThat(resample(input, 44_100, piece)).containsExactly(resample(input, 44_100, 4_410));
    }

    @Test
    void refusesRate_thatIsNoSpeechRate() {
        assertThatThrownBy(() -> new Resampler(0)).hasMessage("sample rate: 0 Hz (expected: 1000..768000)");
    }

    private static float[] resample(float[] input, int rateHz, int piece) {
        var resampler = new Resampler(rateHz);
        float[] output = new float[0];
        for (int at = 0; at < input.length; at += piece) {
            float[] part = Arrays.copyOfRange(input, at, Math.min(input.length, at + piece));
            output = concat(output, resampler.push(part, part.length));
        }
        return concat(output, resampler.finish());
    }

    private static float[] concat(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static float[] sine(int rateHz, double hertz, int samples) {
        float[] sine = new float[samples];
        for (int i = 0; i < samples; i++) {
            sine[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rateHz));
        }
        return sine;
    }

    /** Decibels, leaving out the edges, where silence meets the sine. */
    private static double signalToNoise(float[] got, float[] wanted) {
        float[] noise = new float[got.length - 2_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = got[i + 1_000] - wanted[i + 1_000];
        }
        return 10 * Math.log10(power(wanted) / Math.max(power(noise), 1e-20));
    }

    private static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return sum / samples.length;
    }
}
