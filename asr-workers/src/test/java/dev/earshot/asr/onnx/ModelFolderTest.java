package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.port.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of the user's: a whole one works, a broken one gets a sentence. */
class ModelFolderTest {

    private static final List<String> FILES =
            List.of("model.json", "model.onnx", "tokens.txt", "lexicon.txt", "bigram.txt", "truecase.txt");

    @TempDir
    Path folder;

    @BeforeEach
    void copyBuiltInModel() throws IOException {
        for (String file : FILES) {
            try (InputStream in = ModelFolder.class.getResourceAsStream("/dev/earshot/asr/model/builtin/" + file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
    }

    @Test
    void loads_fromAFolder() {
        try (var recognizer = Recognizers.load(folder.toString(), Computing.onCpu(1), LanguageRules.ANY)) {
            assertThat(recognizer.model().name()).isEqualTo("builtin");
        }
    }

    @Test
    void refuses_whatIsNoFolder() {
        refuses(
                folder.resolve("nowhere").toString(),
                "nowhere is no folder (expected: builtin, or the path of a folder");
    }

    @Test
    void refuses_whenAFileIsMissing() throws IOException {
        Files.delete(folder.resolve("lexicon.txt"));
        refuses(folder.toString(), "lexicon.txt is missing or cannot be read");
    }

    @Test
    void refuses_aModelCutShort() throws IOException {
        Path model = folder.resolve("model.onnx");
        Files.write(model, Arrays.copyOf(Files.readAllBytes(model), 100_000));
        refuses(folder.toString(), "damaged or cut short; fetch the model again");
    }

    @Test
    void refuses_aModelCutShort_whenNobodyKnowsItsHash() throws IOException {
        edit("\"sha256\": \"[0-9a-f]+\",", "");
        Path model = folder.resolve("model.onnx");
        Files.write(model, Arrays.copyOf(Files.readAllBytes(model), 100_000));
        refuses(folder.toString(), "model.onnx: ONNX Runtime cannot load it; fetch the model again");
    }

    @Test
    void refuses_aFamilyItDoesNotKnow() throws IOException {
        edit("\"family\": \"ctc\"", "\"family\": \"rnnt\"");
        refuses(folder.toString(), "model.json: family: rnnt (expected: ctc, transducer or whisper)");
    }

    @Test
    void refuses_anInputThatTheGraphLacks() throws IOException {
        edit("\"input\": \"waveform\"", "\"input\": \"sound\"");
        refuses(folder.toString(), "inputs [waveform]", "expected: sound float32 [batch, samples]");
    }

    @Test
    void refuses_aTokenListOfAnotherModel() throws IOException {
        Path tokens = folder.resolve("tokens.txt");
        Files.writeString(tokens, Files.readString(tokens) + "ä 29\n");
        refuses(folder.toString(), "tokens.txt: 30 tokens (expected: 29");
    }

    @Test
    void refuses_metadataThatIsNoJson() throws IOException {
        Files.writeString(folder.resolve("model.json"), "family=ctc");
        refuses(folder.toString(), "model.json: is not JSON of the expected form");
    }

    @Test
    void refusesCuda_whenItIsWantedAndNotThere() throws IOException {
        Path model = folder.resolve("model.onnx");
        assertThat(model).exists();
        try {
            Recognizers.load(
                            folder.toString(),
                            new Computing(Provider.CUDA, 1, Computing.ANY_GPU, 0, folder),
                            LanguageRules.ANY)
                    .close();
        } catch (ModelException e) {
            assertThat(e).hasMessageContaining("PROVIDER: cuda cannot be used").hasMessageContaining("PROVIDER=cpu");
        }
    }

    private void edit(String pattern, String replacement) throws IOException {
        Path metadata = folder.resolve("model.json");
        String before = Files.readString(metadata);
        String after = before.replaceFirst(pattern, replacement);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(metadata, after);
    }

    private static void refuses(String model, String... says) {
        assertThatThrownBy(() -> Recognizers.load(model, Computing.onCpu(1), LanguageRules.ANY))
                .isInstanceOf(ModelException.class)
                .message()
                .contains(says);
    }
}
