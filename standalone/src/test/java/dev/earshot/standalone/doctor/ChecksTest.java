package dev.earshot.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    @Test
    void findsThisJavaGood() {
        assertThat(Checks.java().level()).isEqualTo(Finding.Level.GOOD);
    }

    @Test
    void namesTheSetting_whenAPortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding = Checks.port(taken.getLocalPort(), "the API", "API_PORT");
            assertThat(finding.level()).isEqualTo(Finding.Level.NOTE);
            assertThat(finding.advice()).contains("API_PORT");
        }
    }

    @Test
    void saysWhichServerDoesNotAnswer_withoutItsPassword() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Finding finding =
                Checks.server("PostgreSQL", "postgresql://user:secret@127.0.0.1:" + free + "/db", 5432, "DATABASE_URL");
        assertThat(finding.level()).isEqualTo(Finding.Level.BAD);
        assertThat(finding.text()).contains("127.0.0.1:" + free).doesNotContain("secret");
        assertThat(finding.advice()).contains("DATABASE_URL");
    }

    @Test
    void findsAServerThatListens() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding =
                    Checks.server("Kafka", "127.0.0.1:" + server.getLocalPort(), 9092, "KAFKA_BOOTSTRAP_SERVERS");
            assertThat(finding.level()).isEqualTo(Finding.Level.GOOD);
        }
    }

    @Test
    void measuresTheDiskOfAFolderThatIsNotThereYet(@TempDir Path dir) {
        assertThat(Checks.disk(dir.resolve("a/b/c")).text()).contains(dir.toString());
    }
}
