package dev.earshot.standalone.audit;

import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its first record to its last, with a plain consumer: a checker trusts none of our receivers. */
final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final EventLog log;

    TopicReader(EventLog log) {
        this.log = log;
    }

    /** Hands over every record that is committed when the call begins, in the order of its partition. Blocking. */
    <V extends SpecificRecord> void read(Topic<V> topic, Consumer<V> reader) {
        var serde = log.serde(topic.valueType());
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL)
                        .forEach(record ->
                                reader.accept(Objects.requireNonNull(serde.deserialize(topic.name(), record.value()))));
            }
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>(log.config().clientSettings());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, log.config().bootstrapServers());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return settings;
    }
}
