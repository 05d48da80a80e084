package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {

    @TempDir
    private Path folder;

    @Test
    void leavesNothingBehind_howeverTheProcessEnds() throws Exception {
        try (Upload upload = Upload.begin(folder)) {
            upload.append(new byte[] {1, 2, 3});
            upload.append(new byte[100_000]);
            assertThat(folder).as("while it is open").isEmptyDirectory();

            try (InputStream read = upload.read()) {
                assertThat(read.readAllBytes()).hasSize(100_003).startsWith(1, 2, 3, 0);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }
}
