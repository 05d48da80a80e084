package dev.earshot.localstack.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.localstack.registry.RegistryRecord.LevelSet;
import dev.earshot.localstack.registry.RegistryRecord.SchemaStored;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted one-partition topic {@code _schemas}, with Confluent's keys and values in JSON.
 *
 * <p>Not thread-safe. Throws {@link KafkaException} when the broker does not answer within 10 s.
 */
final class SchemaLog implements AutoCloseable {

    static final String TOPIC = "_schemas";

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final int LIMIT_MS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, @Nullable String> producer;
    private final KafkaConsumer<String, @Nullable String> consumer;

    private SchemaLog(
            KafkaProducer<String, @Nullable String> producer, KafkaConsumer<String, @Nullable String> consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Makes the topic if it is not there and opens it at its beginning. */
    static SchemaLog open(String bootstrapServers) {
        createTopic(bootstrapServers);
        Map<String, Object> reading = settings(bootstrapServers);
        reading.put("auto.offset.reset", "earliest");
        reading.put("enable.auto.commit", false);
        // A fetch that waits for records holds up the next question for the log's end on the same connection.
        reading.put("fetch.max.wait.ms", 5);
        KafkaConsumer<String, @Nullable String> consumer =
                new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        Map<String, Object> writing = settings(bootstrapServers);
        writing.remove("default.api.timeout.ms");
        writing.put("acks", "all");
        writing.put("max.block.ms", LIMIT_MS);
        writing.put("delivery.timeout.ms", LIMIT_MS);
        KafkaProducer<String, @Nullable String> producer =
                new KafkaProducer<>(writing, new StringSerializer(), new StringSerializer());
        return new SchemaLog(producer, consumer);
    }

    /** Hands over every record that was written since the last call, in order. */
    void readNew(Consumer<RegistryRecord> sink) {
        long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        long deadline = System.nanoTime() + Duration.ofMillis(LIMIT_MS).toNanos();
        while (consumer.position(PARTITION) < end) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("topic " + TOPIC + " could not be read to its end within " + LIMIT_MS + " ms");
            }
            for (ConsumerRecord<String, @Nullable String> record : consumer.poll(Duration.ofMillis(100))) {
                decode(record.key(), record.value()).ifPresent(sink);
            }
        }
    }

    /** Returns when the record is stored. */
    void append(RegistryRecord record) {
        try {
            producer.send(encode(record)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("record not stored in " + TOPIC + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while storing in " + TOPIC, e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("client.id", "schema-registry");
        settings.put("request.timeout.ms", LIMIT_MS / 2);
        settings.put("default.api.timeout.ms", LIMIT_MS);
        return settings;
    }

    private static void createTopic(String bootstrapServers) {
        try (Admin admin = Admin.create(settings(bootstrapServers))) {
            NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty());
            admin.createTopics(List.of(topic.configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("topic " + TOPIC + " could not be made: " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while making topic " + TOPIC, e);
        }
    }

    private static ProducerRecord<String, @Nullable String> encode(RegistryRecord record) {
        ObjectNode key = JSON.createObjectNode();
        ObjectNode value = JSON.createObjectNode();
        if (record instanceof SchemaStored s) {
            key.put("keytype", "SCHEMA")
                    .put("subject", s.subject())
                    .put("version", s.version())
                    .put("magic", 1);
            value.put("subject", s.subject()).put("version", s.version()).put("id", s.id());
            value.put("schema", s.schema()).put("deleted", s.deleted());
            return new ProducerRecord<>(TOPIC, 0, key.toString(), value.toString());
        }
        LevelSet set = (LevelSet) record;
        key.put("keytype", "CONFIG").put("subject", set.subject()).put("magic", 0);
        Compatibility level = set.level();
        if (level == null) {
            return new ProducerRecord<>(TOPIC, 0, key.toString(), null);
        }
        return new ProducerRecord<>(
                TOPIC,
                0,
                key.toString(),
                value.put("compatibilityLevel", level.name()).toString());
    }

    /** Empty for kinds of records that another registry may have written and that mean nothing here. */
    private static Optional<RegistryRecord> decode(String keyText, @Nullable String valueText) {
        try {
            JsonNode key = JSON.readTree(keyText);
            JsonNode value = valueText == null ? JSON.createObjectNode() : JSON.readTree(valueText);
            String subject =
                    key.path("subject").isTextual() ? key.get("subject").asText() : null;
            switch (key.path("keytype").asText()) {
                case "SCHEMA":
                    return subject == null || valueText == null
                            ? Optional.empty()
                            : Optional.of(new SchemaStored(
                                    subject,
                                    value.path("version").asInt(),
                                    value.path("id").asInt(),
                                    value.path("schema").asText(),
                                    value.path("deleted").asBoolean()));
                case "CONFIG":
                    String level = value.path("compatibilityLevel").asText("");
                    return Optional.of(new LevelSet(subject, level.isEmpty() ? null : Compatibility.parse(level)));
                default:
                    return Optional.empty();
            }
        } catch (JsonProcessingException e) {
            throw new KafkaException("topic " + TOPIC + " holds a record that is not JSON: " + e.getMessage(), e);
        }
    }
}
