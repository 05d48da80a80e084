package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8081",
                "http://registry:8080/apis/ccompat/v7",
                "https://user:secret@registry.example.com/"
            })
    void takesTheAddressOfARegistry(String url) {
        assertThatCode(() -> EventLogConfig.of("broker:9092", url, "test")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "registry:8081", "ftp://registry", "http://", "http:///path", "http://a b"})
    void refusesWhatIsNoAddressOfARegistry(String url) {
        assertThatThrownBy(() -> EventLogConfig.of("broker:9092", url, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schemaRegistryUrl: " + url + " (expected: http://host:port or https://host:port)");
    }

    @Test
    void refusesBlankServers_noTime_andNoCopies() {
        assertThatThrownBy(() -> EventLogConfig.of(" ", "http://registry:8081", "test"))
                .hasMessageStartingWith("bootstrapServers: blank");
        assertThatThrownBy(() -> new EventLogConfig(
                        "broker:9092", "http://registry:8081", "test", Duration.ZERO, (short) 1, Map.of()))
                .hasMessageStartingWith("startTimeout: PT0S");
        assertThatThrownBy(() -> new EventLogConfig(
                        "broker:9092", "http://registry:8081", "test", Duration.ofSeconds(1), (short) 0, Map.of()))
                .hasMessage("replication: 0 (expected: at least 1, or -1 for the broker's default)");
    }
}
