package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.localstack.registry.RegistryProbe;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalStackIT {

    private final LocalStack stack = LocalStack.shared();

    @Test
    void kafkaKeepsWhatIsProduced() throws Exception {
        String topic = KafkaProbe.newTopic(stack.bootstrapServers());
        KafkaProbe.produce(stack.bootstrapServers(), topic, "hello");
        assertThat(KafkaProbe.consume(stack.bootstrapServers(), topic, 1)).containsExactly("hello");
    }

    @Test
    void postgresAnswersQueries() throws Exception {
        assertThat(PostgresProbe.queryText(stack.databaseUrl(), "select current_database()"))
                .isEqualTo("earshot");
        assertThat(PostgresProbe.queryText(stack.databaseUrl(), "show server_version"))
                .startsWith("18.");
    }

    @Test
    void redisAnswersPing() throws Exception {
        URI uri = URI.create(stack.redisUrl());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII))
                    .isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void registryListsItsTypes() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + "/schemas/types"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[\"AVRO\"]");
    }

    @Test
    void registryAloneKeepsItsSchemasInAKafkaOutside() throws Exception {
        LocalStackConfig config = new LocalStackConfig(
                LocalStackConfig.ephemeral().dataDir(),
                false,
                Ports.free(),
                false,
                false,
                false,
                true,
                stack.bootstrapServers());
        try (LocalStack alone = LocalStack.start(config)) {
            int id = new RegistryProbe(alone.schemaRegistryUrl()).register("outside", "\"bytes\"");
            assertThat(new RegistryProbe(stack.schemaRegistryUrl())
                            .get("/schemas/ids/" + id)
                            .body())
                    .contains("bytes");
        }
    }

    @Test
    void startTimesNameEveryPart() {
        assertThat(stack.startTimes().keySet())
                .containsExactlyInAnyOrderElementsOf(List.of("kafka", "postgres", "redis", "registry"));
    }
}
