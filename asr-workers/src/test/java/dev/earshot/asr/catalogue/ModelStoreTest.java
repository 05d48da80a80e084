package dev.earshot.asr.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.asr.port.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

    @TempDir
    Path folder;

    private Hub hub;
    private CatalogueModel model;

    @BeforeEach
    void publish() throws IOException {
        hub = new Hub();
        model = hub.publish();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void fetchesAModel_once() throws Exception {
        var progress = new ArrayList<Long>();
        Path home = store().pull(model, (which, done) -> progress.add(done));

        assertThat(store().has(model)).isTrue();
        assertThat(files(home)).containsExactly(".lock", "config.json", "model.json", "onnx/model.onnx");
        assertThat(progress).isSorted().endsWith(model.bytes());
        assertThat(store().pull(model, Fetching.SILENT)).isEqualTo(home);
        assertThat(hub.asked).containsExactly("model.onnx@0", "config.json@0");
    }

    @Test
    void saysBesideTheModel_whatItIs() throws Exception {
        Path home = store().pull(model, Fetching.SILENT);

        JsonNode card = new ObjectMapper().readTree(home.resolve("model.json").toFile());
        assertThat(card.path("family").asText()).isEqualTo("whisper");
        assertThat(card.path("name").asText()).isEqualTo("tones");
        assertThat(card.path("language").isNull()).isTrue();
        assertThat(card.path("licence").asText()).isEqualTo("MIT");
    }

    @Test
    void connectionThatBreaks_isTakenUpWhereItBroke() throws Exception {
        hub.cuts.set(2);

        store().pull(model, Fetching.SILENT);

        assertThat(store().has(model)).isTrue();
        List<String> graph =
                hub.asked.stream().filter(ask -> ask.startsWith("model.onnx@")).toList();
        assertThat(graph).hasSize(3).startsWith("model.onnx@0").doesNotHaveDuplicates();
    }

    @Test
    void serverThatDoesNotKnowRanges_beginsAgain() throws Exception {
        hub.forgetRanges();
        hub.cuts.set(1);

        store().pull(model, Fetching.SILENT);

        assertThat(store().has(model)).isTrue();
    }

    @Test
    void whatHasCome_isKeptForTheNextStart() throws Exception {
        hub.cuts.set(1);
        // The first answer breaks off, and from then on there are only errors.
        assertThatThrownBy(() -> store().pull(model, (which, done) -> hub.errors.set(1000)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("answers 503; what has come is kept, and the next try goes on from there");
        hub.errors.set(0);
        int before = hub.asked.size();

        store().pull(model, Fetching.SILENT);

        assertThat(hub.asked.get(before)).isEqualTo("model.onnx@100000");
    }

    @Test
    void serverInTrouble_isAskedAgain() throws Exception {
        hub.errors.set(3);

        store().pull(model, Fetching.SILENT);

        assertThat(store().has(model)).isTrue();
    }

    @Test
    void fileThatIsNotWhatWasPublished_isRefused_andDeleted() throws Exception {
        var other = new byte[300_000];
        Arrays.fill(other, (byte) 7);
        hub.replace("onnx/model.onnx", other);

        assertThatThrownBy(() -> store().pull(model, Fetching.SILENT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not the file that was published: 300000 bytes, SHA-256")
                .hasMessageContaining(
                        "(expected: 300000 bytes, " + model.files().get(0).sha256());
        assertThat(files(folder.resolve("tones"))).containsExactly(".lock");
        assertThat(store().has(model)).isFalse();
    }

    @Test
    void fileThatIsTooLong_isRefused() throws Exception {
        hub.replace("onnx/model.onnx", new byte[400_000]);

        assertThatThrownBy(() -> store().pull(model, Fetching.SILENT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not the file that was published");
        assertThat(files(folder.resolve("tones"))).containsExactly(".lock");
    }

    @Test
    void partThatIsLongerThanTheFile_isThrownAway() throws Exception {
        Path part = folder.resolve("tones/onnx/model.onnx.part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[299_999]);

        assertThatThrownBy(() -> store().pull(model, Fetching.SILENT)).hasMessageContaining("not the file");
        store().pull(model, Fetching.SILENT);

        assertThat(store().has(model)).isTrue();
    }

    @Test
    void whatIsNotThereAnyMore_isNotAskedForAgain_andTheWayByHandIsShown() {
        hub.withdraw("config.json");

        assertThatThrownBy(() -> store().pull(model, Fetching.SILENT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the model tones could not be fetched")
                .hasMessageContaining("config.json answers 404")
                .hasMessageContaining("put them into " + folder.resolve("tones").toAbsolutePath())
                .hasMessageContaining(
                        hub.url() + "/earshot/tones/resolve/" + model.revision() + "/config.json\n    → config.json")
                // What came is here and need not be brought by hand.
                .message()
                .doesNotContain("→ onnx/model.onnx");
        assertThat(hub.asked).containsExactly("model.onnx@0", "config.json@0");
    }

    @Test
    void withoutANetwork_theWayByHandIsShown() {
        hub.close();

        assertThatThrownBy(() -> store().pull(model, Fetching.SILENT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("could not be fetched: ")
                .hasMessageContaining("→ onnx/model.onnx")
                .hasMessageContaining("→ config.json");
    }

    @Test
    void filesThatSomebodyPutThere_needNoNetwork() throws Exception {
        store().pull(model, Fetching.SILENT);
        hub.close();

        assertThat(store().pull(model, Fetching.SILENT)).isEqualTo(folder.resolve("tones"));
    }

    private ModelStore store() {
        return new ModelStore(folder, hub.url() + "/", Duration.ZERO);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
