package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.localstack.registry.RegistryProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDataIT {

    private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}";

    @TempDir
    Path temp;

    @Test
    void everythingSurvivesARestartOnOtherPorts() throws Exception {
        Path dir = temp.resolve("kept data");
        String topic;
        int schemaId;
        String firstBroker;
        try (LocalStack stack = LocalStack.start(LocalStackConfig.keptIn(dir))) {
            firstBroker = stack.bootstrapServers();
            topic = KafkaProbe.newTopic(firstBroker);
            KafkaProbe.produce(firstBroker, topic, "kept");
            PostgresProbe.execute(stack.databaseUrl(), "create table kept as select 7 as n");
            schemaId = new RegistryProbe(stack.schemaRegistryUrl()).register("kept-value", SCHEMA);
            assertThat(PostgresProbe.queryText(stack.databaseUrl(), "show fsync"))
                    .isEqualTo("on");
        }
        String metaProperties = Files.readString(dir.resolve("kafka/meta.properties"));

        try (LocalStack stack = LocalStack.start(LocalStackConfig.keptIn(dir))) {
            assertThat(stack.bootstrapServers()).isNotEqualTo(firstBroker);
            assertThat(Files.readString(dir.resolve("kafka/meta.properties"))).isEqualTo(metaProperties);
            assertThat(KafkaProbe.consume(stack.bootstrapServers(), topic, 1)).containsExactly("kept");
            assertThat(PostgresProbe.queryInt(stack.databaseUrl(), "select n from kept"))
                    .isEqualTo(7);
            RegistryProbe registry = new RegistryProbe(stack.schemaRegistryUrl());
            assertThat(registry.register("kept-value", SCHEMA)).isEqualTo(schemaId);
            assertThat(registry.get("/subjects").body()).isEqualTo("[\"kept-value\"]");
        }
    }

    @Test
    void throwawayDataIsGoneAfterClose() {
        LocalStackConfig config = new LocalStackConfig(
                LocalStackConfig.ephemeral().dataDir(), false, Ports.free(), false, true, true, false);
        LocalStack stack = LocalStack.start(config);
        assertThat(config.dataDir()).isDirectory();
        stack.close();
        stack.close();
        assertThat(config.dataDir()).doesNotExist();
    }

    @Test
    void refusesToThrowAwayAFolderThatHoldsSomething() throws Exception {
        Files.writeString(temp.resolve("thesis.txt"), "precious");
        assertThatThrownBy(() ->
                        LocalStack.start(new LocalStackConfig(temp, false, Ports.free(), false, false, true, false)))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("is not empty");
        assertThat(temp.resolve("thesis.txt")).hasContent("precious");
    }

    @Test
    void refusesAKeptFolderThatThisProcessAlreadyUses() {
        Path dir = temp.resolve("data");
        LocalStackConfig config = new LocalStackConfig(dir, true, Ports.free(), false, false, true, false);
        try (LocalStack first = LocalStack.start(config)) {
            assertThatThrownBy(() -> LocalStack.start(config))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("is in use by another Earshot");
            assertThat(first.redisUrl()).isNotBlank();
        }
        LocalStack.start(config).close();
    }

    @Test
    void damagedBrokerDataIsASentence_andNotTheEndOfTheProcess() throws Exception {
        Path dir = temp.resolve("data");
        LocalStackConfig config = new LocalStackConfig(dir, true, Ports.free(), true, false, true, false);
        LocalStack.start(config).close();
        Files.writeString(dir.resolve("kafka/__cluster_metadata-0/quorum-state"), "garbage");
        assertThatThrownBy(() -> LocalStack.start(config))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("the embedded Kafka broker could not start in " + dir.resolve("kafka"))
                .hasMessageContaining("delete that folder");
    }
}
