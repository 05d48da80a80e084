package dev.earshot.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.CatalogueFile;
import dev.earshot.asr.catalogue.CatalogueModel;
import dev.earshot.asr.catalogue.ModelStore;
import dev.earshot.asr.port.ModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks' worker finds its model as every worker does, on a machine from which no hub can be reached. */
class WorkerSettingsTest {

    @TempDir
    Path models;

    @Test
    void nameThatCannotBeFetched_isRefused_withTheWayByHand() {
        refusesTiny("--model=tiny");
        refusesTiny("--whisper-model-size=tiny");
    }

    @Test
    void modelThatLiesUnderItsName_isUsed() throws Exception {
        CatalogueModel tiny = Catalogue.shipped().find("tiny").orElseThrow();
        Path home = new ModelStore(models, "http://nowhere").folder(tiny);
        for (CatalogueFile file : tiny.files()) {
            putEmpty(home.resolve(file.path()), file.bytes());
        }

        assertThat(settings("--model=tiny").model()).isEqualTo(home.toString());
        assertThat(settings("--whisper-model-size=tiny").model()).isEqualTo(home.toString());
    }

    @Test
    void auto_fallsBackToTheBuiltInModel() throws Exception {
        assertThat(settings("--model=auto").model()).isEqualTo("builtin");
    }

    private void refusesTiny(String option) {
        assertThatThrownBy(() -> settings(option))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the model whisper-tiny could not be fetched")
                .hasMessageContaining(
                        "put them into " + models.resolve("whisper-tiny").toAbsolutePath());
    }

    private AsrConfig settings(String option) throws IOException, InterruptedException {
        var options = new ArrayList<>(
                List.of("--models=" + models, "--model-hub=http://127.0.0.1:" + portOfNobody(), "--provider=cpu"));
        options.add(option);
        return WorkerStage.settings(options.toArray(String[]::new));
    }

    /** A file of that size that takes no space. */
    private static void putEmpty(Path file, long bytes) throws IOException {
        Files.createDirectories(file.getParent());
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
    }

    private static int portOfNobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
