package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/**
 * Keeps the records that could not be handled, as they came, on {@code <topic>.dlq} with the headers of {@link
 * DeadLetterHeaders}.
 */
final class DeadLetters implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final String consumer;
    private final KafkaSender<String, byte[]> sender;

    /** Buries in the name of a consumer: a client id. */
    DeadLetters(String consumer, Map<String, Object> clientSettings) {
        this.consumer = consumer;
        this.sender = KafkaSender.create(SenderOptions.<String, byte[]>create(clientSettings)
                .withKeySerializer(new StringSerializer())
                .withValueSerializer(new ByteArraySerializer())
                .producerProperty(ProducerConfig.ACKS_CONFIG, "all"));
    }

    Mono<Void> publish(Topic<?> topic, ConsumerRecord<String, byte[]> record, Throwable reason) {
        byte[] kept = DeadLetterHeaders.kept(record.value(), record.headers());
        var letter = new ProducerRecord<>(topic.deadLetterName(), null, record.key(), kept, record.headers());
        DeadLetterHeaders.add(letter.headers(), reason, consumer, record.topic(), record.partition(), record.offset());
        return sender.send(Mono.just(SenderRecord.create(letter, record.offset())))
                .then()
                .doOnSuccess(done -> log.warn(
                        "dead_letter topic={} partition={} offset={} reason=\"{}\"",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        reason.getMessage()));
    }

    @Override
    public void close() {
        sender.close();
    }
}
