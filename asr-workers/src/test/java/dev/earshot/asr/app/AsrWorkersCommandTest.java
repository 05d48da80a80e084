package dev.earshot.asr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.AsrConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AsrWorkersCommandTest {

    @TempDir
    Path folder;

    @Test
    void defaults_areThoseOfTheConfig() {
        assertThat(parsed().toConfig()).isEqualTo(AsrConfig.defaults());
    }

    @Test
    void settings_reachTheConfig() {
        AsrConfig config = parsed("--endpoint-silence-ms=800", "--model=/models/x", "--provider=cpu", "--batch-max=8")
                .toConfig();

        assertThat(config.rules().endpoint().silenceMs()).isEqualTo(800);
        assertThat(config.model()).isEqualTo("/models/x");
        assertThat(config.batchMax()).isEqualTo(8);
        assertThat(parsed("--gpu-locks=/run/earshot").toConfig().computing().gpuLocks())
                .isEqualTo(Path.of("/run/earshot"));
    }

    @Test
    void settingsThatMakeNoSense_getASentence() {
        refuses("endpoint silence: 100 ms (expected: 400..5000)", "--endpoint-silence-ms=100");
        refuses("longest utterance: 60000 ms (expected: 6000..30000)", "--longest-utterance-ms=60000");
        refuses("PROVIDER: gpu (expected: auto, cpu or cuda)", "--provider=gpu");
        refuses("ASR_GPU: first (expected: auto, or a GPU's number as nvidia-smi shows it)", "--gpu=first");
        refuses("gpu memory: -1 (expected: megabytes, or 0 for what is free)", "--gpu-memory-mb=-1");
        refuses("batch max: 0 (expected: 1..256)", "--batch-max=0");
        refuses("decode threads: 0 (expected: 1..64)", "--decode-threads=0");
        refuses("partial interval: 5 ms (expected: 100..5000)", "--partial-interval-ms=5");
        refuses("first partial: 50 ms (expected: 100..2000)", "--first-partial-ms=50");
        refuses("batch window: 500 ms (expected: 0..100 ms)", "--batch-window-ms=500");
        refuses("language: english (expected: auto, or ISO 639 codes as en or de,fr)", "--language=english");
        refuses("task: summarise (expected: transcribe or translate)", "--task=summarise");
        refuses("track idle: 5 ms (expected: 1000..600000)", "--track-idle-ms=5");
    }

    @Test
    void settingThatMakesNoSense_isRefused_beforeAModelIsFetched() {
        AsrWorkersCommand command =
                parsed("--model=tiny", "--model-hub=http://127.0.0.1:1", "--models=" + folder, "--batch-max=0");

        assertThatThrownBy(() -> command.prepare(System.err)).hasMessage("batch max: 0 (expected: 1..256)");
        assertThat(folder).isEmptyDirectory();
    }

    private static void refuses(String sentence, String... arguments) {
        AsrWorkersCommand command = parsed(arguments);
        assertThatThrownBy(command::toConfig)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private static AsrWorkersCommand parsed(String... arguments) {
        var command = new AsrWorkersCommand();
        new CommandLine(command).parseArgs(arguments);
        return command;
    }
}
