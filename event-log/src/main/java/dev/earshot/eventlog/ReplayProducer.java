package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends letters back to their topic, each in one transaction with the note that it was sent. There is one such producer per
 * topic in the world: a second one ends the first. What was not committed when it is closed never happened.
 */
final class ReplayProducer implements AutoCloseable {

    private static final int BATCH = 200;

    private final Topic<?> topic;
    private final int partitions;
    private final EventLogConfig config;
    private final KafkaProducer<byte[], byte[]> producer;
    private int open;

    private ReplayProducer(
            Topic<?> topic, int partitions, EventLogConfig config, KafkaProducer<byte[], byte[]> producer) {
        this.topic = topic;
        this.partitions = partitions;
        this.config = config;
        this.producer = producer;
    }

    static ReplayProducer open(
            Topic<?> topic, int partitions, EventLogConfig config, Map<String, Object> clientSettings) {
        int timeoutMs = Math.toIntExact(config.startTimeout().toMillis());
        var settings = new HashMap<>(clientSettings);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "earshot-replay-" + topic.deadLetterName());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw EventLogException.ofKafka(config, e);
        }
        return new ReplayProducer(topic, partitions, config, producer);
    }

    void send(DeadLetter letter) {
        guarded(() -> {
            if (open == 0) {
                producer.beginTransaction();
            }
            producer.send(record(letter));
            producer.send(note(topic, letter));
            open++;
        });
        if (open == BATCH) {
            commit();
        }
    }

    void commit() {
        if (open > 0) {
            guarded(producer::commitTransaction);
            open = 0;
        }
    }

    /** A record of its own time: with its old one, a topic of short retention would drop it at once. */
    private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        int partition = source(letter).partition();
        var record = new ProducerRecord<>(
                topic.name(),
                partition < partitions ? partition : null,
                letter.raw().key(),
                letter.raw().value(),
                letter.raw().headers());
        DeadLetterHeaders.OF_THE_LETTER.forEach(record.headers()::remove);
        DeadLetterHeaders.put(record.headers(), DeadLetterHeaders.REPLAYED_LETTER, Long.toString(letter.offset()));
        return record;
    }

    /** Tells whoever reads the letters that this one, and every copy of it, went back. */
    static ProducerRecord<byte[], byte[]> note(Topic<?> topic, DeadLetter letter) {
        var note = new ProducerRecord<byte[], byte[]>(
                topic.deadLetterName(), 0, letter.raw().key(), null);
        Headers headers = note.headers();
        Position source = source(letter);
        DeadLetterHeaders.put(headers, DeadLetterHeaders.SOURCE_TOPIC, topic.name());
        DeadLetterHeaders.put(headers, DeadLetterHeaders.SOURCE_PARTITION, Integer.toString(source.partition()));
        DeadLetterHeaders.put(headers, DeadLetterHeaders.SOURCE_OFFSET, Long.toString(source.offset()));
        DeadLetterHeaders.put(headers, DeadLetterHeaders.REPLAYED_CONTENT, Integer.toString(letter.content()));
        return note;
    }

    private static Position source(DeadLetter letter) {
        return Objects.requireNonNull(letter.source(), "a letter without a source cannot go back");
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new EventLogException(
                    "another replay of " + topic.deadLetterName()
                            + " has begun; it goes on where this one was, and this one ends",
                    e);
        } catch (KafkaException e) {
            throw EventLogException.ofKafka(config, e);
        }
    }

    /** Aborts what was not committed. */
    @Override
    public void close() {
        producer.close();
    }
}
