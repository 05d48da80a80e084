package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.util.concurrent.Queues;

/**
 * Publishes records to one topic: acknowledged by all replicas, written once, in the order of the calls of one thread.
 *
 * <p>Thread-safe. At most {@value #MAX_WAITING} records wait to be sent; beyond that {@link #publish} fails with {@link
 * OverloadedException} at once and the caller slows down. A publisher owns a producer: close it.
 */
public final class EventPublisher<V extends SpecificRecord> implements AutoCloseable {

    /** reactor-kafka's default of 256 in flight sends 22 000 records a second, 16384 sends 447 000. */
    private static final int MAX_WAITING = 16384;

    private static final Duration CONTENTION_WAIT = Duration.ofSeconds(5);

    private final Topic<V> topic;
    private final AvroSerde<V> serde;
    private final KafkaSender<String, byte[]> sender;
    private final Sinks.Many<SenderRecord<String, byte[], MonoSink<Position>>> waiting = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<SenderRecord<String, byte[], MonoSink<Position>>>get(MAX_WAITING)
                    .get());
    private final Disposable sending;

    EventPublisher(Topic<V> topic, AvroSerde<V> serde, Map<String, Object> clientSettings) {
        this.topic = topic;
        this.serde = serde;
        this.sender = KafkaSender.create(SenderOptions.<String, byte[]>create(clientSettings)
                .withKeySerializer(new StringSerializer())
                .withValueSerializer(new ByteArraySerializer())
                .producerProperty(ProducerConfig.ACKS_CONFIG, "all")
                .producerProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .producerProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
                .producerProperty(ProducerConfig.LINGER_MS_CONFIG, 2)
                .maxInFlight(MAX_WAITING)
                .stopOnError(false));
        this.sending = sender.send(waiting.asFlux()).subscribe(result -> {
            MonoSink<Position> waiter = result.correlationMetadata();
            Exception failure = result.exception();
            if (failure != null) {
                waiter.error(failure);
            } else {
                waiter.success(new Position(
                        result.recordMetadata().partition(),
                        result.recordMetadata().offset()));
            }
        });
    }

    /** Publishes to the partition that the key's hash names. Completes when all replicas have it. */
    public Mono<Position> publish(String key, V value) {
        return send(key, value, null);
    }

    /** Publishes to a partition of the caller's choice. Completes when all replicas have it. */
    public Mono<Position> publish(String key, V value, int partition) {
        return send(key, value, partition);
    }

    private Mono<Position> send(String key, V value, @Nullable Integer partition) {
        return Mono.<Position>create(waiter -> {
                    var record =
                            new ProducerRecord<>(topic.name(), partition, key, serde.serialize(topic.name(), value));
                    waiting.emitNext(
                            SenderRecord.create(record, waiter), Sinks.EmitFailureHandler.busyLooping(CONTENTION_WAIT));
                })
                .onErrorMap(Sinks.EmissionException.class, e -> new OverloadedException(topic.name()));
    }

    /** Sends what waits, then ends. Closing twice does nothing. */
    @Override
    public void close() {
        waiting.tryEmitComplete();
        sender.close();
        sending.dispose();
    }
}
