package dev.earshot.eventlog.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.eventlog.EventLogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClientSettingsTest {

    private static final String EXPECTED = " (expected: a properties file with settings of the connection, as"
            + " security.protocol, sasl.jaas.config or ssl.truststore.location)";

    @TempDir
    private Path folder;

    private static ServiceProcess process(String... options) {
        var process = new ServiceProcess();
        new CommandLine(process).parseArgs(options);
        return process;
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), content).toString();
    }

    @Test
    void everyClientIsToldWhatTheFileSays() throws IOException {
        String file = file(
                """
                # how to be let in
                security.protocol = SASL_SSL
                sasl.mechanism = SCRAM-SHA-512
                sasl.jaas.config = org.example.Module required username="me" \\
                    password="p=1";
                ssl.truststore.location = /etc/earshot/ca.p12
                """);
        assertThat(process("--kafka-settings", file).logConfig("test").clientSettings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "SCRAM-SHA-512",
                        "sasl.jaas.config", "org.example.Module required username=\"me\" password=\"p=1\";",
                        "ssl.truststore.location", "/etc/earshot/ca.p12"));
    }

    @Test
    void withoutAFile_nothingIsSet_andTopicsGetTheBrokersNumberOfCopies() {
        EventLogConfig config = process().logConfig("test");
        assertThat(config.clientSettings()).isEmpty();
        assertThat(config.replication()).isEqualTo(EventLogConfig.BROKERS_DEFAULT);
        assertThat(process("--replication=3").logConfig("test").replication()).isEqualTo((short) 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap.servers",
                "client.id",
                "group.id",
                "acks",
                "transactional.id",
                "isolation.level",
                "processing.guarantee",
                "key.serializer",
                "security.protocl"
            })
    void refusesWhatIsNotForEveryClient_withoutItsValue(String key) throws IOException {
        String file = file("security.protocol=SSL\n" + key + "=secret\n");
        assertThatThrownBy(() -> process("--kafka-settings", file).logConfig("test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("KAFKA_CLIENT_SETTINGS: " + file + ": " + key + " cannot be set" + EXPECTED);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        String file = folder.resolve("none.properties").toString();
        assertThatThrownBy(() -> process("--kafka-settings", file).logConfig("test"))
                .hasMessage("KAFKA_CLIENT_SETTINGS: " + file + ": there is no such file" + EXPECTED);
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> process("--kafka-settings", folder.toString()).logConfig("test"))
                .hasMessage("KAFKA_CLIENT_SETTINGS: " + folder + ": cannot be read" + EXPECTED);
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> process("--kafka-settings", bytes.toString()).logConfig("test"))
                .hasMessage("KAFKA_CLIENT_SETTINGS: " + bytes + ": cannot be read" + EXPECTED);
    }
}
