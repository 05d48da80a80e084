package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * The door to the topics: makes publishers and receivers, creates what is missing, and keeps dead letters.
 *
 * <p>Opening does no I/O; {@link #check} tells whether the servers are there. Thread-safe. Closing ends every publisher made
 * here; receivers end when their subscription is cancelled.
 */
public final class EventLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    /** A server that was away comes back: receiving goes on from the last committed position, with growing patience. */
    private static final RetryBackoffSpec RESTART =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final EventLogConfig config;
    private final Topics topics;
    private final SchemaRegistry registry;
    private final Map<Class<?>, AvroSerde<?>> serdes = new ConcurrentHashMap<>();
    private final Map<String, EventPublisher<?>> publishers = new ConcurrentHashMap<>();
    private final AtomicInteger receivers = new AtomicInteger();
    private final DeadLetters deadLetters;

    private EventLog(EventLogConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
        this.registry = new SchemaRegistry(config.schemaRegistryUrl());
        this.deadLetters = new DeadLetters(clientSettings("dead-letters"));
    }

    /** Opens the log over a catalogue of topics. Touches no server. */
    public static EventLog open(EventLogConfig config, Topics topics) {
        return new EventLog(config, topics);
    }

    /** The catalogue this log was opened over. */
    public Topics topics() {
        return topics;
    }

    /** How this log reaches its servers; Kafka Streams needs to know. */
    public EventLogConfig config() {
        return config;
    }

    /**
     * Throws {@link EventLogException} with a sentence for people unless broker and registry answer within the start
     * timeout. Blocking.
     */
    public void check() {
        new TopicBootstrap(config, clientSettings("check")).checkBroker();
        registry.check();
    }

    /**
     * Creates what is missing of the topics, their dead letters and schema subjects, and returns when every partition has a
     * leader: a record sent earlier could be lost (KAFKA-15591). Blocking; harmless when everything is there.
     */
    public void createTopics() {
        new TopicBootstrap(config, clientSettings("bootstrap")).create(topics);
        for (Topic<?> topic : topics.all()) {
            registry.setCompatibility(topic.subject(), "FULL_TRANSITIVE");
            serde(topic.valueType()).register(topic.name());
        }
    }

    /** The serde of a record type, for Kafka Streams. */
    @SuppressWarnings("unchecked") // The map pairs a class with the serde of that class.
    public <V extends SpecificRecord> AvroSerde<V> serde(Class<V> type) {
        return (AvroSerde<V>) serdes.computeIfAbsent(type, t -> new AvroSerde<>(registry, type));
    }

    /** The publisher to a topic; one per log, shared by its callers. */
    @SuppressWarnings("unchecked") // The map pairs a topic's name with the publisher of that topic.
    public <V extends SpecificRecord> EventPublisher<V> publisher(Topic<V> topic) {
        return (EventPublisher<V>) publishers.computeIfAbsent(
                topic.name(),
                name -> new EventPublisher<>(topic, serde(topic.valueType()), clientSettings(name + "-publisher")));
    }

    /**
     * Receives from a topic. Bytes that are not a record of the topic go to its dead letters and are acknowledged; they
     * never reach the subscriber and never stop the partition. The subscriber's demand is the back-pressure. Does not end:
     * after an error of a server it starts again from the last committed position, so records may come twice.
     */
    public <V extends SpecificRecord> Flux<Received<V>> receive(Topic<V> topic, Subscription subscription) {
        AvroSerde<V> serde = serde(topic.valueType());
        return KafkaReceiver.create(receiverOptions(topic, subscription))
                .receive()
                .concatMap(record -> decode(topic, serde, record), 1)
                .retryWhen(RESTART.doBeforeRetry(retry -> log.warn(
                        "receiver_restarts topic={} reason=\"{}\"",
                        topic.name(),
                        retry.failure().toString())));
    }

    /**
     * Puts a record that could be read but not handled among its topic's dead letters, with the reason. Completes when it is
     * there; acknowledge the record after that.
     */
    public <V extends SpecificRecord> Mono<Void> deadLetter(Topic<V> topic, Received<V> record, Throwable reason) {
        return deadLetters.publish(topic, record.raw(), reason);
    }

    private <V extends SpecificRecord> Mono<Received<V>> decode(
            Topic<V> topic, AvroSerde<V> serde, ReceiverRecord<String, byte[]> record) {
        try {
            V value = serde.deserialize(topic.name(), record.value());
            if (value == null) {
                // A tombstone: it speaks to the log's cleaner, not to us.
                record.receiverOffset().acknowledge();
                return Mono.empty();
            }
            return Mono.just(new Received<>(record, value, record.receiverOffset()::acknowledge));
        } catch (MalformedRecordException e) {
            return deadLetters.publish(topic, record, e).then(Mono.fromRunnable(() -> record.receiverOffset()
                    .acknowledge()));
        }
    }

    private ReceiverOptions<String, byte[]> receiverOptions(Topic<?> topic, Subscription subscription) {
        var options = ReceiverOptions.<String, byte[]>create(
                        clientSettings(topic.name() + "-receiver-" + receivers.incrementAndGet()))
                .withKeyDeserializer(new StringDeserializer())
                .withValueDeserializer(new ByteArrayDeserializer())
                .consumerProperty(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        subscription.committedOnly() ? "read_committed" : "read_uncommitted")
                .consumerProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, subscription.maxPollRecords())
                // A record is handed on when it is there, not when many are.
                .consumerProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100)
                .pollTimeout(Duration.ofMillis(50))
                .commitInterval(subscription.commitInterval())
                .addAssignListener(assigned -> {
                    if (subscription.groupId() == null) {
                        assigned.forEach(
                                subscription.from() == Subscription.From.EARLIEST
                                        ? ReceiverPartition::seekToBeginning
                                        : ReceiverPartition::seekToEnd);
                    }
                    subscription.onAssigned().accept(numbers(assigned));
                })
                .addRevokeListener(revoked -> subscription.onRevoked().accept(numbers(revoked)));
        String group = subscription.groupId();
        if (group == null) {
            return options.assignment(partitions(topic));
        }
        return options.consumerProperty(ConsumerConfig.GROUP_ID_CONFIG, group)
                .consumerProperty(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer")
                .consumerProperty(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        subscription.from() == Subscription.From.EARLIEST ? "earliest" : "latest")
                .subscription(List.of(topic.name()));
    }

    private static List<TopicPartition> partitions(Topic<?> topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    private static List<Integer> numbers(Collection<ReceiverPartition> partitions) {
        return partitions.stream().map(p -> p.topicPartition().partition()).toList();
    }

    private Map<String, Object> clientSettings(String purpose) {
        var settings = new HashMap<String, Object>(config.clientSettings());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.clientId() + "-" + purpose);
        return settings;
    }

    @Override
    public void close() {
        publishers.values().forEach(EventPublisher::close);
        deadLetters.close();
    }
}
