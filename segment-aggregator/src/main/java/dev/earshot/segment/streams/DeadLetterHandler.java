package dev.earshot.segment.streams;

import dev.earshot.eventlog.DeadLetterHeaders;
import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.segment.port.AggregatorEvents;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a record that cannot be read or understood to its topic's dead letters and goes on. Anything else that goes wrong
 * stops the thread: it is not the record's fault, and the record must not be lost.
 *
 * <p>The dead letter is part of the transaction that passes the record. Made by Kafka Streams, which hands it the settings.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    static final String TOPICS = "earshot.topics";
    static final String EVENTS = "earshot.events";

    private static final Logger log = LoggerFactory.getLogger(DeadLetterHandler.class);

    private List<Topic<?>> topics = List.of();
    private AggregatorEvents events = AggregatorEvents.NOOP;
    private String consumer = "segment-aggregator";

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(TOPICS) instanceof Topics known) {
            topics = known.all();
        }
        if (settings.get(EVENTS) instanceof AggregatorEvents known) {
            events = known;
        }
        consumer = String.valueOf(settings.get(StreamsConfig.CLIENT_ID_CONFIG));
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception reason) {
        return isFaultOfRecord(reason)
                ? DeserializationExceptionHandler.Response.resume(
                        List.of(deadLetter(context, record.key(), record.value(), reason)))
                : DeserializationExceptionHandler.Response.fail();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception reason) {
        return isFaultOfRecord(reason)
                ? ProcessingExceptionHandler.Response.resume(
                        List.of(deadLetter(context, context.sourceRawKey(), context.sourceRawValue(), reason)))
                : ProcessingExceptionHandler.Response.fail();
    }

    private static boolean isFaultOfRecord(Exception reason) {
        return reason instanceof MalformedRecordException || reason.getCause() instanceof MalformedRecordException;
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value, Exception reason) {
        events.inputRefused();
        log.warn(
                "dead_letter topic={} partition={} offset={} reason=\"{}\"",
                context.topic(),
                context.partition(),
                context.offset(),
                reason.getMessage());
        var headers = new RecordHeaders();
        var letter = new ProducerRecord<>(
                deadLetterName(context.topic()), null, key, DeadLetterHeaders.kept(value, headers), headers);
        DeadLetterHeaders.add(
                letter.headers(), reason, consumer, context.topic(), context.partition(), context.offset());
        return letter;
    }

    private String deadLetterName(String topic) {
        return topics.stream()
                .filter(known -> known.name().equals(topic))
                .map(Topic::deadLetterName)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(topic + " is not in the catalogue"));
    }
}
