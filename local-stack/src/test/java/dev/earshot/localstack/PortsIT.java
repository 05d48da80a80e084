package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsIT {

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "postgres", "redis", "registry"})
    void namesAPortThatIsTaken_andItsOption(String part) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Ports ports = new Ports(
                    part.equals("kafka") ? port : 0,
                    part.equals("postgres") ? port : 0,
                    part.equals("redis") ? port : 0,
                    part.equals("registry") ? port : 0);
            LocalStackConfig config = new LocalStackConfig(temp.resolve("data"), true, ports, true, true, true, true);
            assertThatThrownBy(() -> LocalStack.start(config))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(part + " port: " + port)
                    .hasMessageContaining("--" + part + "-port");
        }
    }

    @Test
    void saysWhereTheOutsideKafkaIsMissing() {
        LocalStackConfig config = new LocalStackConfig(
                temp.resolve("data"), true, Ports.free(), false, false, false, true, "127.0.0.1:1");
        assertThatThrownBy(() -> LocalStack.start(config))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("schema registry could not start")
                .hasMessageContaining("127.0.0.1:1");
    }
}
