package dev.earshot.bench.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyArchiveTest {

    @TempDir
    Path folder;

    @Test
    void readsAMatrix_rowByRow() throws IOException {
        assertThat(NumpyArchive.matrix(archive("<f4"), "mel", 2, 3)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void refusesWhatIsNone() throws IOException {
        assertThatThrownBy(() -> NumpyArchive.matrix(archive("<f4"), "other", 2, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no array other");
        assertThatThrownBy(() -> NumpyArchive.matrix(archive("<f4"), "mel", 3, 2))
                .hasMessageContaining("(expected: '<f4', (3, 2))");
        assertThatThrownBy(() -> NumpyArchive.matrix(archive("<f8"), "mel", 2, 3))
                .hasMessageContaining("'<f8'");
    }

    private Path archive(String type) throws IOException {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2, 3), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(10 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        file.putShort((short) header.length).put(header);
        for (int i = 1; i <= 6; i++) {
            file.putFloat(i);
        }
        Path archive = Files.createTempFile(folder, "mel", ".npz");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("mel.npy"));
            zip.write(file.array());
        }
        return archive;
    }
}
