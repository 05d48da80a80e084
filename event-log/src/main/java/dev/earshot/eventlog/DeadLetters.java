package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import java.nio.charset.StandardCharsets;
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
 * Keeps the records that could not be handled, as they came, on {@code <topic>.dlq} with headers that say why and where from:
 * {@code error.class}, {@code error.message}, {@code source.topic}, {@code source.partition}, {@code source.offset}.
 */
final class DeadLetters implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final KafkaSender<String, byte[]> sender;

    DeadLetters(Map<String, Object> clientSettings) {
        this.sender = KafkaSender.create(SenderOptions.<String, byte[]>create(clientSettings)
                .withKeySerializer(new StringSerializer())
                .withValueSerializer(new ByteArraySerializer())
                .producerProperty(ProducerConfig.ACKS_CONFIG, "all"));
    }

    Mono<Void> publish(Topic<?> topic, ConsumerRecord<String, byte[]> record, Throwable reason) {
        var letter = new ProducerRecord<>(topic.deadLetterName(), null, record.key(), record.value(), record.headers());
        letter.headers()
                .add("error.class", bytes(reason.getClass().getName()))
                .add("error.message", bytes(String.valueOf(reason.getMessage())))
                .add("source.topic", bytes(record.topic()))
                .add("source.partition", bytes(Integer.toString(record.partition())))
                .add("source.offset", bytes(Long.toString(record.offset())));
        return sender.send(Mono.just(SenderRecord.create(letter, record.offset())))
                .then()
                .doOnSuccess(done -> log.warn(
                        "dead_letter topic={} partition={} offset={} reason=\"{}\"",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        reason.getMessage()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sender.close();
    }
}
