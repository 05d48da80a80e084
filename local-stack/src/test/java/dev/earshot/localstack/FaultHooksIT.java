package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.localstack.registry.RegistryProbe;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FaultHooksIT {

    @Test
    void everyServerComesBackOnItsPort() throws Exception {
        try (LocalStack stack = LocalStack.start(LocalStackConfig.ephemeral())) {
            String database = stack.databaseUrl();
            PostgresProbe.execute(database, "create table kept as select 7 as n");
            stack.postgres().stop();
            assertThatThrownBy(() -> PostgresProbe.queryInt(database, "select n from kept"))
                    .isInstanceOf(SQLException.class);
            stack.postgres().start();
            stack.postgres().start();
            assertThat(PostgresProbe.queryInt(database, "select n from kept")).isEqualTo(7);
            stack.postgres().kill();
            stack.postgres().start();
            assertThat(stack.databaseUrl()).isEqualTo(database);
            assertThat(PostgresProbe.queryInt(database, "select 1")).isEqualTo(1);

            String redis = stack.redisUrl();
            stack.redis().kill();
            stack.redis().restart();
            assertThat(stack.redisUrl()).isEqualTo(redis);

            String topic = KafkaProbe.newTopic(stack.bootstrapServers());
            KafkaProbe.produce(stack.bootstrapServers(), topic, "before");
            RegistryProbe registry = new RegistryProbe(stack.schemaRegistryUrl());
            stack.stopKafka();
            HttpResponse<String> refused = registry.post("/subjects/s/versions", RegistryProbe.body("\"int\""));
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(RegistryProbe.json(refused).get("error_code").asInt()).isEqualTo(50001);
            stack.startKafka();
            assertThat(registry.register("s", "\"int\"")).isPositive();
            KafkaProbe.produce(stack.bootstrapServers(), topic, "after");
            assertThat(KafkaProbe.consume(stack.bootstrapServers(), topic, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void brokerMakesNoTopicsUnasked_andTakesRecordsUpTo2MiB() throws Exception {
        LocalStack stack = LocalStack.shared();
        String topic = KafkaProbe.newTopic(stack.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer = producer(stack, Duration.ofMinutes(1));
                KafkaProducer<byte[], byte[]> hasty = producer(stack, Duration.ofSeconds(2))) {
            producer.send(new ProducerRecord<>(topic, new byte[2_000_000])).get();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[2_200_000]))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThatThrownBy(() -> hasty.send(new ProducerRecord<>("never.made", new byte[1]))
                            .get())
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(LocalStack stack, Duration patience) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", stack.bootstrapServers(),
                        "max.request.size", String.valueOf(4 << 20),
                        "buffer.memory", String.valueOf(8 << 20),
                        "max.block.ms", String.valueOf(patience.toMillis())),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Test
    void partsThatWereNotStartedSaySo() {
        LocalStackConfig config = new LocalStackConfig(
                LocalStackConfig.ephemeral().dataDir(), false, Ports.free(), false, false, true, false);
        try (LocalStack stack = LocalStack.start(config)) {
            assertThatThrownBy(stack::databaseUrl)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("postgres");
            assertThatThrownBy(stack::bootstrapServers).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(stack::schemaRegistryUrl).isInstanceOf(IllegalStateException.class);
        }
    }
}
