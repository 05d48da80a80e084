package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnergyGateTest {

    @Test
    void hearsSpeech_overSilence() {
        assertThat(loudShare(SyntheticAudio.join(SyntheticAudio.silence(1000), SyntheticAudio.speech(1000, -30, 1))))
                .isBetween(0.40, 0.52);
    }

    @Test
    void hearsNothing_inSilence() {
        assertThat(loudShare(SyntheticAudio.silence(3000))).isZero();
    }

    @Test
    void learnsASteadyNoise() {
        short[] noise = steady(4000, -33);

        assertThat(loudShare(java.util.Arrays.copyOfRange(noise, 0, 1000 * 16))).isPositive();
        var gate = new EnergyGate();
        int loud = 0;
        for (int frame = 0; frame < 200; frame++) {
            boolean speech = gate.frame(noise, frame * AudioTime.FRAME_SAMPLES);
            loud += frame >= 60 && speech ? 1 : 0;
        }
        assertThat(loud).isZero();
    }

    @Test
    void learnsASteadyNoise_howeverLoud() {
        short[] noise = steady(4000, -20);
        var gate = new EnergyGate();
        int loud = 0;
        for (int frame = 0; frame < 200; frame++) {
            boolean speech = gate.frame(noise, frame * AudioTime.FRAME_SAMPLES);
            loud += frame >= EnergyGate.WARM_UP_FRAMES && speech ? 1 : 0;
        }
        assertThat(loud).isZero();
    }

    @Test
    void ignoresAClick() {
        short[] audio = SyntheticAudio.silence(2000);
        audio[16_000] = 30_000;

        assertThat(loudShare(audio)).isZero();
    }

    @Test
    void ignoresAConstantOffset() {
        short[] audio = SyntheticAudio.silence(1000);
        java.util.Arrays.fill(audio, (short) 8000);

        assertThat(loudShare(audio)).isZero();
    }

    private static short[] steady(int millis, double db) {
        var random = new java.util.Random(3);
        short[] audio = SyntheticAudio.silence(millis);
        double amplitude = 32768 * Math.pow(10, db / 20) * Math.sqrt(3);
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (short) ((random.nextDouble() * 2 - 1) * amplitude);
        }
        return audio;
    }

    private static double loudShare(short[] audio) {
        var gate = new EnergyGate();
        int frames = audio.length / AudioTime.FRAME_SAMPLES;
        int loud = 0;
        for (int frame = 0; frame < frames; frame++) {
            loud += gate.frame(audio, frame * AudioTime.FRAME_SAMPLES) ? 1 : 0;
        }
        return (double) loud / frames;
    }
}
