package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The door to the topics: makes publishers and receivers, creates what is missing, and keeps dead letters.
 *
 * <p>Opening does no I/O; {@link #check} tells whether the servers are there. Thread-safe. Closing completes every receiver
 * and closes every publisher made here.
 */
public final class EventLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    /** A little longer than one consumer takes to give up on its broker. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(6);

    private final EventLogConfig config;
    private final Topics topics;
    private final SchemaRegistry registry;
    private final Map<Class<?>, AvroSerde<?>> serdes = new ConcurrentHashMap<>();
    private final Map<String, EventPublisher<?>> publishers = new ConcurrentHashMap<>();
    private final Consumers consumers = new Consumers();
    private final AtomicInteger receivers = new AtomicInteger();
    private final DeadLetters deadLetters;
    private final Sinks.Empty<Void> closed = Sinks.empty();

    private EventLog(EventLogConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
        this.registry = new SchemaRegistry(config.schemaRegistryUrl(), config.startTimeout());
        this.deadLetters = new DeadLetters(config.clientId(), clientSettings("dead-letters"));
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
     * timeout each, and the topics that are there have as many partitions as the catalogue says. Blocking.
     */
    public void check() {
        new TopicBootstrap(config, clientSettings("check")).check(topics);
        registry.check();
    }

    /** Whether the broker says anything within so long; the registry is not asked. Blocking. */
    public boolean answers(Duration patience) {
        return new TopicBootstrap(config, clientSettings("probe")).answers(patience);
    }

    /**
     * Creates what is missing of the topics, their dead letters and schema subjects, and returns when every partition has a
     * leader: a record sent earlier could be lost (KAFKA-15591). Throws {@link EventLogException} when a topic is there with
     * another number of partitions. Blocking; harmless when everything is there.
     */
    public void createTopics() {
        new TopicBootstrap(config, clientSettings("bootstrap")).create(topics);
        topics.all().forEach(this::registerSchema);
    }

    private void registerSchema(Topic<?> topic) {
        registry.setCompatibility(topic.subject(), "FULL_TRANSITIVE");
        serde(topic.valueType()).register(topic.name());
    }

    /** Creates a topic that is not always there, as {@link #createTopics} does the others. Blocking. */
    public void createTopic(Topic<?> topic) {
        new TopicBootstrap(config, clientSettings("bootstrap")).create(topic);
        registerSchema(topic);
    }

    /**
     * Creates the changelog of a state store before Kafka Streams does, and returns when every partition has a leader:
     * Streams writes to a changelog of its own making at once, and the first records could be lost (KAFKA-15591). Blocking;
     * harmless when it is there.
     *
     * @param name as Streams names it: application, store, {@code changelog}
     * @param source the topic that the store's records come from: Streams wants as many partitions as that has
     */
    public void createChangelog(String name, Topic<?> source) {
        new TopicBootstrap(config, clientSettings("bootstrap")).createCompacted(name, source.name());
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
     * never reach the subscriber and never stop the partition. The subscriber's demand is the back-pressure; records come on
     * the consumer's thread or on the one that asks for more.
     *
     * <p>Ends only when the log is closed. After an error of a server it starts again: with a group from the last committed
     * position, so records may come twice; without one after the last record that was delivered.
     */
    public <V extends SpecificRecord> Flux<Received<V>> receive(Topic<V> topic, Subscription subscription) {
        return Flux.defer(() -> new Receiver<>(topic, subscription, serde(topic.valueType()), deadLetters)
                        .receive(consumers, clientSettings(topic.name() + "-receiver-" + receivers.incrementAndGet())))
                .takeUntilOther(closed.asMono());
    }

    /**
     * Puts a record that could be read but not handled among its topic's dead letters, with the reason. Completes when it is
     * there; acknowledge the record after that.
     */
    public <V extends SpecificRecord> Mono<Void> deadLetter(Topic<V> topic, Received<V> record, Throwable reason) {
        return deadLetters.publish(topic, record.raw(), reason);
    }

    /** Where dead letters are looked at and sent back. */
    public DeadLetterOffice deadLetterOffice() {
        return new DeadLetterOffice(this, clientSettings("dead-letter-office"));
    }

    private Map<String, Object> clientSettings(String purpose) {
        var settings = new HashMap<String, Object>(config.clientSettings());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.clientId() + "-" + purpose);
        return settings;
    }

    /** Returns when acknowledged positions are committed, groups are left and published records are answered. */
    @Override
    public void close() {
        closed.tryEmitEmpty();
        try {
            if (!consumers.awaitClosed(CLOSE_PATIENCE)) {
                log.warn("event_log_closed_early client={} reason=\"receivers still open\"", config.clientId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publishers.values().forEach(EventPublisher::close);
        deadLetters.close();
    }
}
