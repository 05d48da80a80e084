package dev.earshot.eventlog;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic of dead letters from its beginning to where it ends now. Blocking. */
final class DeadLetterReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final EventLogConfig config;
    private final Map<String, Object> settings;

    DeadLetterReader(EventLogConfig config, Map<String, Object> clientSettings) {
        this.config = config;
        this.settings = new HashMap<>(clientSettings);
        settings.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(config.startTimeout().toMillis()));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A letter of an aborted transaction was never buried, and a replay that was aborted never happened.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    /** How many partitions a topic has. */
    int partitions(String topic) {
        try (var consumer = consumer()) {
            return partitions(consumer, topic);
        } catch (KafkaException e) {
            throw EventLogException.ofKafka(config, e);
        }
    }

    void read(String deadLetters, Consumer<DeadLetter> taker) {
        try (var consumer = consumer()) {
            partitions(consumer, deadLetters);
            var only = new TopicPartition(deadLetters, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = Objects.requireNonNullElse(
                    consumer.endOffsets(List.of(only)).get(only), 0L);
            readUntil(end, consumer, only, taker);
        } catch (KafkaException e) {
            throw EventLogException.ofKafka(config, e);
        }
    }

    private void readUntil(
            long end, KafkaConsumer<byte[], byte[]> consumer, TopicPartition only, Consumer<DeadLetter> taker) {
        long progressAt = System.nanoTime();
        long position = consumer.position(only);
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    taker.accept(new DeadLetter(record));
                }
            }
            long now = System.nanoTime();
            if (consumer.position(only) > position) {
                progressAt = now;
                position = consumer.position(only);
            } else if (now - progressAt > config.startTimeout().toNanos()) {
                throw new EventLogException("Kafka at " + config.bootstrapServers() + " gives no more of "
                        + only.topic() + " than " + position + " of " + end + " records; is it still running?");
            }
        }
    }

    private int partitions(KafkaConsumer<?, ?> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new EventLogException("there is no topic " + topic + " at " + config.bootstrapServers()
                    + " (`./earshot run create-topics` creates it)");
        }
        return partitions.size();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
