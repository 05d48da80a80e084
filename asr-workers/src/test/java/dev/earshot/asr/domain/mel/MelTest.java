package dev.earshot.asr.domain.mel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The front ends against reference values: filters as published with openai-whisper ({@code mel_filters.npz}), features as
 * numpy computes them in double precision from the toolkits' definitions.
 */
class MelTest {

    /** Two seconds of a rising tone in noise. */
    private static final float[] SIGNAL = signal();

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 14, 100, 400, 512})
    void powerSpectrum_isThatOfTheDefinition(int length) {
        var frame = new float[length];
        System.arraycopy(SIGNAL, 0, frame, 0, length);
        var power = new float[length / 2 + 1];

        new RealFourier(length).power(frame, power);

        for (int k = 0; k < power.length; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < length; i++) {
                re += frame[i] * Math.cos(2 * Math.PI * k * i / length);
                im += frame[i] * Math.sin(2 * Math.PI * k * i / length);
            }
            assertThat((double) power[k]).isCloseTo(re * re + im * im, within(1e-4));
        }
    }

    @Test
    void filters_areThePublishedOnes() {
        double[][] of80 = {
            {0, 1, 0.024862595}, {29, 28, 0.018486660}, {47, 56, 0.009832492}, {58, 83, 0.000739228},
            {65, 111, 0.003845693}, {71, 138, 0.001533704}, {75, 170, 0.000927626}, {79, 199, 0.000448759}
        };
        double[][] of128 = {
            {0, 1, 0.012373987}, {47, 29, 0.002902655}, {76, 56, 0.003790856}, {93, 84, 0.000299796},
            {104, 113, 0.006276095}, {113, 142, 0.001524589}, {121, 169, 0.006040724}, {127, 199, 0.001114280}
        };
        assertFilters(new MelFilterBank(80, 201), of80, 391, 1.9990241527557373);
        assertFilters(new MelFilterBank(128, 201), of128, 394, 3.190985679626465);
    }

    private static void assertFilters(MelFilterBank bank, double[][] published, int notZero, double sum) {
        for (double[] entry : published) {
            assertThat((double) bank.weight((int) entry[0], (int) entry[1])).isCloseTo(entry[2], within(1e-8));
        }
        int count = 0;
        double total = 0;
        for (int band = 0; band < bank.bands(); band++) {
            for (int bin = 0; bin < 201; bin++) {
                count += bank.weight(band, bin) > 1e-8 ? 1 : 0;
                total += bank.weight(band, bin);
            }
        }
        assertThat(count).isEqualTo(notZero);
        assertThat(total).isCloseTo(sum, within(1e-6));
    }

    @Test
    void whisperFeatures_areThoseOfTheFeatureExtractor() {
        Features of80 = new WhisperFrontEnd(80).features(SIGNAL, 0);
        assertThat(of80.frames()).isEqualTo(3000);
        assertFeatures(of80, new double[][] {
            {0, 0, 0.98350}, {5, 3, 1.21772}, {20, 100, 0.36361}, {40, 150, 0.32419},
            {79, 10, 0.33147}, {60, 199, 0.34743}, {79, 201, -0.58587}, {10, 2000, -0.74414}
        });
        assertFeatures(new WhisperFrontEnd(128).features(SIGNAL, 0), new double[][] {
            {0, 0, 0.90774}, {5, 3, 0.65584}, {20, 100, 0.30321}, {40, 150, 0.40986},
            {79, 10, 0.36580}, {60, 199, 0.49879}, {79, 201, -0.18931}, {10, 2000, -0.69082}
        });
    }

    @Test
    void whisperFeatures_ofTheNextWindowDoNotHearTheOneBefore() {
        var twice = new float[WhisperFrontEnd.WINDOW_SAMPLES + SIGNAL.length];
        java.util.Arrays.fill(twice, 0, WhisperFrontEnd.WINDOW_SAMPLES, 0.9f);
        System.arraycopy(SIGNAL, 0, twice, WhisperFrontEnd.WINDOW_SAMPLES, SIGNAL.length);

        assertThat(new WhisperFrontEnd(80)
                        .features(twice, WhisperFrontEnd.WINDOW_SAMPLES)
                        .values())
                .isEqualTo(new WhisperFrontEnd(80).features(SIGNAL, 0).values());
    }

    @Test
    void nemoFeatures_areThoseOfFilterbankFeatures() {
        Features of128 = new NemoFrontEnd(128).features(SIGNAL);
        assertThat(of128.frames()).isEqualTo(200);
        assertFeatures(of128, new double[][] {
            {0, 0, 3.63828}, {5, 3, 2.67356}, {20, 100, -0.11012},
            {40, 150, -0.09576}, {79, 10, 0.47285}, {60, 199, 0.27053}
        });
        assertFeatures(new NemoFrontEnd(80).features(SIGNAL), new double[][] {
            {0, 0, 4.50871}, {5, 3, 3.70451}, {20, 100, -0.28549},
            {40, 150, -0.41176}, {79, 10, -0.51412}, {60, 199, -0.15532}
        });
    }

    @Test
    void almostNoAudio_hasAlmostNoFeatures() {
        assertThat(new NemoFrontEnd(80).features(new float[159]).frames()).isZero();
        assertThat(new NemoFrontEnd(80).features(new float[160]).values()).containsOnly(0f);
        assertThat(new WhisperFrontEnd(80).features(new float[0], 0).values()).containsOnly(-1.5f);
    }

    private static void assertFeatures(Features features, double[][] expected) {
        for (double[] entry : expected) {
            assertThat((double) features.at((int) entry[0], (int) entry[1]))
                    .as("band %s, frame %s", entry[0], entry[1])
                    .isCloseTo(entry[2], within(1e-4));
        }
    }

    private static float[] signal() {
        var signal = new float[32_000];
        int state = 12345;
        for (int i = 0; i < signal.length; i++) {
            state = state * 1664525 + 1013904223;
            double noise = Integer.toUnsignedLong(state) / 2147483648.0 - 1;
            double t = i / 16000.0;
            signal[i] = (float) (0.2 * Math.sin(2 * Math.PI * (200 + 400 * t) * t) + 0.05 * noise);
        }
        return signal;
    }
}
