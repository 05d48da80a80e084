package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.domain.NeuralGate;
import dev.earshot.asr.domain.SpeechWindow;
import dev.earshot.asr.port.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SileroDetectorTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void installs() throws IOException {
        try (InputStream graph = SileroDetectorTest.class.getResourceAsStream("/vad/loudness_vad.onnx")) {
            Files.copy(graph, folder.resolve(SileroDetector.FILE));
        }
    }

    @Test
    void isTaken_whereItLiesInTheModelFolder(@TempDir Path empty) {
        try (SileroDetector there = SileroDetector.in(folder.toString())) {
            assertThat(there).isNotNull();
        }
        assertThat(SileroDetector.in(empty.toString())).isNull();
        assertThat(SileroDetector.in("builtin")).isNull();
    }

    @Test
    void theAnswerToAWindow_dependsOnNoNeighbour() {
        try (SileroDetector detector = SileroDetector.load(folder.resolve(SileroDetector.FILE))) {
            List<SpeechWindow> together = windows();
            detector.detect(together);
            List<SpeechWindow> alone = windows();
            alone.forEach(window -> detector.detect(List.of(window)));

            for (int i = 0; i < alone.size(); i++) {
                assertThat(alone.get(i).state())
                        .as("window %d", i)
                        .isEqualTo(together.get(i).state());
            }
            assertThat(together.get(0).state()[0]).isZero();
            assertThat(together.get(5).state()[200])
                    .isGreaterThan(together.get(4).state()[200]);
        }
    }

    @Test
    void theMemoryOfAWindow_isItsOwn() {
        try (SileroDetector detector = SileroDetector.load(folder.resolve(SileroDetector.FILE))) {
            List<SpeechWindow> windows = windows();
            detector.detect(windows);
            float once = windows.get(3).state()[7];
            detector.detect(windows);

            assertThat(windows.get(3).state()[7]).isCloseTo(once * 1.7f, within(once));
            assertThat(windows.get(0).state()[7]).isZero();
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float of) {
        return org.assertj.core.data.Offset.offset(of * 1e-4f);
    }

    @Test
    void closedTwice_andThenUsed_saysSo() {
        SileroDetector detector = SileroDetector.load(folder.resolve(SileroDetector.FILE));
        detector.close();
        detector.close();

        assertThatThrownBy(() -> detector.detect(windows()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("SileroDetector is closed");
    }

    @Test
    void anotherGraph_isRefused() throws IOException {
        Path file = folder.resolve("model.onnx");
        try (InputStream graph =
                SileroDetector.class.getResourceAsStream("/dev/earshot/asr/model/builtin/model.onnx")) {
            Files.copy(graph, file);
        }

        assertThatThrownBy(() -> SileroDetector.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("inputs [waveform] (expected: input [batch, 576], state");
        Files.writeString(file, "no graph");
        assertThatThrownBy(() -> SileroDetector.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("fetch it again");
    }

    /** Six windows, each louder than the one before; the first is silent. */
    private static List<SpeechWindow> windows() {
        var windows = new ArrayList<SpeechWindow>();
        for (int i = 0; i < 6; i++) {
            var gate = new NeuralGate();
            gate.restart(0);
            short[] audio = new short[SpeechWindow.SAMPLES];
            java.util.Arrays.fill(audio, (short) (i * 100));
            gate.hear(audio, 0, audio.length);
            windows.addAll(gate.next());
        }
        return windows;
    }
}
