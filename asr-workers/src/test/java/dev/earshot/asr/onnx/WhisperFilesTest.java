package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhisperFilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void graphsLieIn() throws IOException {
        Files.createDirectory(folder.resolve("onnx"));
    }

    @Test
    void ofSeveralPrecisions_eightBitsAreFirst_andHalvesLast() throws IOException {
        split("onnx/", "_fp16");
        assertThat(found()).isEqualTo(files("onnx/", "_fp16"));
        split("onnx/", "");
        assertThat(found()).isEqualTo(files("onnx/", ""));
        split("onnx/", "_int8");
        assertThat(found()).isEqualTo(files("onnx/", "_int8"));
        split("onnx/", "_quantized");
        assertThat(found()).isEqualTo(files("onnx/", "_quantized"));
        split("", "_quantized");
        assertThat(found()).isEqualTo(files("", "_quantized"));
    }

    @Test
    void anEncoder_isNotTaken_withADecoderOfAnotherPrecision() throws IOException {
        Files.createFile(folder.resolve("onnx/encoder_model_quantized.onnx"));
        Files.createFile(folder.resolve("onnx/decoder_model_merged_int8.onnx"));
        assertThat(found()).isNull();

        split("onnx/", "_fp16");
        assertThat(found()).isEqualTo(files("onnx/", "_fp16"));
    }

    @Test
    void oneGraph_isTaken_whereThereAreNoTwo() throws IOException {
        Files.createFile(folder.resolve("whisper-tiny_beamsearch.onnx"));
        assertThat(found()).isEqualTo(new WhisperFiles(null, "whisper-tiny_beamsearch.onnx"));

        split("", "_fp16");
        assertThat(found()).isEqualTo(files("", "_fp16"));
    }

    private WhisperFiles found() {
        return WhisperFiles.find(ModelFolder.of(folder.toString()));
    }

    private void split(String place, String precision) throws IOException {
        WhisperFiles files = files(place, precision);
        for (String graph : files.graphs()) {
            Files.createFile(folder.resolve(graph));
        }
    }

    private static WhisperFiles files(String place, String precision) {
        return new WhisperFiles(
                place + "encoder_model" + precision + ".onnx", place + "decoder_model_merged" + precision + ".onnx");
    }
}
