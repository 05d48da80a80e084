package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.internals.ProducerFactory;

/**
 * Publishes records to one topic: acknowledged by all replicas, written once, in the order of the calls of one thread.
 *
 * <p>Thread-safe. At most {@value #MAX_UNANSWERED} records are on their way; beyond that {@link #publish} fails with {@link
 * OverloadedException} at once and the caller slows down. Answers come one after the other on a thread of the publisher's
 * own. A record that Kafka does not take within two minutes fails with Kafka's own exception. A publisher owns a producer:
 * close it.
 */
public final class EventPublisher<V extends SpecificRecord> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    /** Ten seconds of a thousand tracks and more, in a few megabytes of small records. */
    static final int MAX_UNANSWERED = 16384;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final Topic<V> topic;
    private final AvroSerde<V> serde;
    private final Producer<String, byte[]> producer;
    private final KafkaSender<String, byte[]> sender;
    private final Scheduler answers;
    private final Semaphore room = new Semaphore(MAX_UNANSWERED);
    private volatile boolean closed;

    EventPublisher(Topic<V> topic, AvroSerde<V> serde, Map<String, Object> clientSettings) {
        this.topic = topic;
        this.serde = serde;
        this.answers = Schedulers.newSingle("published-" + topic.name(), true);
        var options = SenderOptions.<String, byte[]>create(clientSettings)
                .withKeySerializer(new StringSerializer())
                .withValueSerializer(new ByteArraySerializer())
                .producerProperty(ProducerConfig.ACKS_CONFIG, "all")
                .producerProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .producerProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
                .producerProperty(ProducerConfig.LINGER_MS_CONFIG, 2)
                .scheduler(answers)
                // Each record is sent as a stream of one: the bound is ours, and a failure ends that stream only.
                .maxInFlight(1);
        this.producer = ProducerFactory.INSTANCE.createProducer(options);
        this.sender = KafkaSender.create(new Given(producer), options);
        // Records published while the sender takes up its producer could overtake each other, so it does that now.
        sender.doOnProducer(taken -> taken).toFuture().join();
    }

    /** Publishes to the partition that the key's hash names. Completes when all replicas have it. */
    public Mono<Position> publish(String key, V value) {
        return send(key, value, null);
    }

    /** Publishes to a partition of the caller's choice. Completes when all replicas have it. */
    public Mono<Position> publish(String key, V value, int partition) {
        return send(key, value, partition);
    }

    /**
     * Publishes a tombstone where the key's hash leads: a compacted topic forgets the key's records, and readers of any topic
     * learn that nothing with this key is to be kept. Completes when all replicas have it.
     */
    public Mono<Position> erase(String key) {
        return send(key, null, null);
    }

    private Mono<Position> send(String key, @Nullable V value, @Nullable Integer partition) {
        return Mono.defer(() -> {
            if (closed) {
                return Mono.error(new IllegalStateException("publisher to " + topic.name() + " is closed"));
            }
            byte @Nullable [] bytes = serde.serialize(topic.name(), value);
            if (!room.tryAcquire()) {
                return Mono.error(new OverloadedException(topic.name()));
            }
            var record = new ProducerRecord<String, byte[]>(topic.name(), partition, key, bytes);
            return sender.send(Mono.just(SenderRecord.create(record, null)))
                    .single()
                    .map(sent -> new Position(
                            sent.recordMetadata().partition(),
                            sent.recordMetadata().offset()))
                    .doFinally(signal -> room.release());
        });
    }

    /**
     * Waits until what is on its way has been answered, then ends. After ten seconds without an answer the rest fails.
     * Closing twice does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!awaitAnswers()) {
            int unanswered = MAX_UNANSWERED - room.availablePermits();
            log.warn("publisher_closed_early topic={} unanswered={}", topic.name(), unanswered);
            producer.close(Duration.ZERO);
            awaitAnswers();
        }
        sender.close();
        answers.disposeGracefully().subscribe();
    }

    private boolean awaitAnswers() {
        try {
            return room.tryAcquire(MAX_UNANSWERED, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Hands out the producer that is there already: the sender keeps its own from us, and we must be able to end it. */
    private static final class Given extends ProducerFactory {

        private final Producer<String, byte[]> producer;

        Given(Producer<String, byte[]> producer) {
            this.producer = producer;
        }

        @Override
        @SuppressWarnings("unchecked") // Asked once, with the options that the producer was made from.
        public <K, V> Producer<K, V> createProducer(SenderOptions<K, V> options) {
            return (Producer<K, V>) producer;
        }
    }
}
