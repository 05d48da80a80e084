package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeuralGateTest {

    private static final int FRAME = AudioTime.FRAME_SAMPLES;

    private final LoudnessDetector detector = new LoudnessDetector();

    @Test
    void hearsSpeech_whereItIs() {
        short[] audio = SyntheticAudio.join(
                SyntheticAudio.silence(1000), SyntheticAudio.speech(1000, -25, 1), SyntheticAudio.silence(2000));

        boolean[] speech = speech(audio, 0, 0);

        assertThat(share(speech, 0, 50)).isZero();
        assertThat(share(speech, 60, 100)).isEqualTo(1);
        assertThat(share(speech, 150, 200)).isZero();
    }

    @Test
    void windowsLieOnTheirGrid_behindTheirContext() {
        var gate = new NeuralGate();
        gate.restart(1000);
        short[] ramp = new short[2000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (short) (1000 + i);
        }
        gate.hear(ramp, 0, 600);
        assertThat(gate.next()).hasSize(1);
        SpeechWindow first = gate.next().get(0);
        assertThat(first.samples()[SpeechWindow.CONTEXT]).isEqualTo(1024 / 32768f);
        assertThat(Arrays.copyOf(first.samples(), 40)).containsOnly(0);
        assertThat(first.samples()[40]).isEqualTo(1000 / 32768f);
        gate.answered();
        assertThat(gate.next()).isEmpty();

        gate.hear(ramp, 600, 1400);

        assertThat(gate.next().get(0).samples()[0]).isEqualTo((1024 + 512 - 64) / 32768f);
    }

    @Test
    void whoBeginsLater_agrees_whenWarm() {
        short[] audio = SyntheticAudio.talk(3, 40);
        boolean[] whole = speech(audio, 0, 0);
        int warmUp = new NeuralGate().warmUpFrames();
        for (int start : new int[] {1, 700, 16_000 + 33, 63_000, 64_000, 100_000, 130_000}) {
            boolean[] later = speech(Arrays.copyOfRange(audio, start, audio.length), start, start);
            int first = (int) AudioTime.firstFrameFrom(start);
            for (int frame = first + warmUp; frame < whole.length; frame++) {
                assertThat(later[frame - first])
                        .as("start %d frame %d", start, frame)
                        .isEqualTo(whole[frame]);
            }
        }
    }

    /** Hears in chunks of any size and decides frame by frame. */
    private boolean[] speech(short[] audio, long start, int seed) {
        var random = new java.util.Random(seed);
        var gate = new NeuralGate();
        gate.restart(start);
        List<Boolean> frames = new ArrayList<>();
        int skipped = (int) (AudioTime.sampleOf(AudioTime.firstFrameFrom(start)) - start);
        int heard = 0;
        while (heard < audio.length) {
            int count = Math.min(audio.length - heard, 1 + random.nextInt(5000));
            gate.hear(audio, heard, count);
            heard += count;
            for (List<SpeechWindow> next = gate.next(); !next.isEmpty(); next = gate.next()) {
                detector.detect(next);
                gate.answered();
            }
            while (skipped + (frames.size() + 1) * FRAME <= heard) {
                frames.add(gate.frame(audio, skipped + frames.size() * FRAME));
            }
        }
        var speech = new boolean[frames.size()];
        for (int i = 0; i < speech.length; i++) {
            speech[i] = frames.get(i);
        }
        return speech;
    }

    private static double share(boolean[] speech, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += speech[i] ? 1 : 0;
        }
        return (double) count / (to - from);
    }
}
