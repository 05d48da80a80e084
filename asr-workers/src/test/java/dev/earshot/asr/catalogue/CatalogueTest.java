package dev.earshot.asr.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    @Test
    void everyModelIsWhole() {
        assertThat(CATALOGUE.models()).isNotEmpty().allSatisfy(model -> {
            assertThat(model.family()).isIn("transducer", "whisper");
            assertThat(model.licence()).isIn("MIT", "CC-BY-4.0");
            assertThat(model.goodFor()).isNotBlank();
            assertThat(model.repository()).matches("[\\w-]+/[\\w.-]+");
        });
        assertThat(CATALOGUE.models()).extracting(CatalogueModel::name).doesNotHaveDuplicates();
        // Tokenizer and settings are shared by models; networks are not.
        assertThat(CATALOGUE.models().stream()
                        .flatMap(model -> model.files().stream())
                        .filter(file -> file.path().endsWith(".onnx"))
                        .map(CatalogueFile::sha256))
                .doesNotHaveDuplicates();
    }

    @Test
    void sizesOfWhisper_areNames() {
        assertThat(List.of("tiny", "base", "small", "medium", "large"))
                .extracting(size -> CATALOGUE.find(size).orElseThrow().name())
                .containsExactly(
                        "whisper-tiny", "whisper-base", "whisper-small", "whisper-medium", "whisper-large-v3-turbo");
        assertThat(CATALOGUE.find("huge")).isEmpty();
    }

    @Test
    void machineDecidesWhatSuitsIt() {
        assertThat(CATALOGUE.suitable(true, 16_000_000_000L).name()).isEqualTo("parakeet-tdt-0.6b-v3-fp32");
        assertThat(CATALOGUE.suitable(false, 16_000_000_000L).name()).isEqualTo("parakeet-tdt-0.6b-v3");
        assertThat(CATALOGUE.suitable(false, 4_000_000_000L).name()).isEqualTo("whisper-base");
    }

    @Test
    void fileWithoutADigest_isImpossible() {
        assertThatThrownBy(() -> new CatalogueFile("model.onnx", 10, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sha256 of model.onnx:  (expected: 64 hex digits)");
        assertThatThrownBy(() -> new CatalogueFile("../model.onnx", 10, "0".repeat(64)))
                .hasMessageContaining("(expected: a relative path)");
        assertThatThrownBy(() -> read("[{\"name\": \"x\", \"files\": [{\"path\": \"a\", \"bytes\": 1}]}]"))
                .isInstanceOf(java.io.IOException.class);
    }

    private static Catalogue read(String json) throws java.io.IOException {
        return Catalogue.of(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
