package dev.earshot.asr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.Fetching;
import dev.earshot.asr.catalogue.ModelStore;
import dev.earshot.asr.port.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine from which no hub can be reached. */
class ModelChoiceTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void builtInAndFolders_areThemselves() throws Exception {
        assertThat(choice().resolve("builtin", true)).isEqualTo("builtin");
        assertThat(choice().resolve(folder.toString(), false)).isEqualTo(folder.toString());
        assertThat(screen.size()).isZero();
    }

    @Test
    void whatIsNeither_isRefused_withWhatThereIs() {
        assertThatThrownBy(() -> choice().resolve("huge", false))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("MODEL: huge is no folder and no model that is known (expected: builtin, auto,")
                .hasMessageContaining("whisper-small");
    }

    @Test
    void nameThatCannotBeFetched_isRefused_withTheWayByHand() {
        assertThatThrownBy(() -> choice().resolve("tiny", false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the model whisper-tiny could not be fetched")
                .hasMessageContaining(
                        "put them into " + folder.resolve("whisper-tiny").toAbsolutePath());
    }

    @Test
    void auto_fallsBackToTheBuiltInModel_loudly() throws Exception {
        assertThat(choice().resolve("auto", false)).isEqualTo("builtin");
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("*  NO REAL SPEECH MODEL.")
                .contains("IT UNDERSTANDS SYNTHETIC VOICES ONLY")
                .contains("Try again with ./earshot model pull ");
    }

    private ModelChoice choice() throws IOException {
        return new ModelChoice(
                Catalogue.shipped(),
                new ModelStore(folder, "http://127.0.0.1:" + portOfNobody()),
                new PrintStream(screen, true, StandardCharsets.UTF_8),
                Fetching.SILENT);
    }

    private static int portOfNobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
