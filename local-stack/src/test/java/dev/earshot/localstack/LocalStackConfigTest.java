package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalStackConfigTest {

    @Test
    void registryWithoutAnyKafkaIsRefused() {
        assertThatThrownBy(() -> new LocalStackConfig(Path.of("d"), true, Ports.free(), false, true, true, true))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("externalBootstrapServers: not set (expected: host:port");
    }

    @Test
    void dataFoldersThatKafkaWouldSplitAreRefused() {
        assertThatThrownBy(() -> LocalStackConfig.keptIn(Path.of("a,b")))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("expected: a path without a comma");
    }

    @Test
    void portsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Ports(0, 70_000, 0, 0))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("postgres port: 70000 (expected: 0 to pick a free one, or 1 to 65535)");
    }

    @Test
    void ephemeralConfigsNeverShareAFolder() {
        assertThat(LocalStackConfig.ephemeral().dataDir())
                .isNotEqualTo(LocalStackConfig.ephemeral().dataDir());
    }

    @Test
    void dataFolderIsMadeAbsolute() {
        assertThat(LocalStackConfig.keptIn(Path.of("some/../data")).dataDir())
                .isAbsolute()
                .endsWithRaw(Path.of("data"));
    }
}
