package dev.earshot.eventlog;

import dev.earshot.schema.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
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

/** One subscriber's way through a topic, over as many consumers as errors of the servers make necessary. */
final class Receiver<V extends SpecificRecord> {

    private static final Logger log = LoggerFactory.getLogger(Receiver.class);

    /** A server that was away comes back: receiving goes on where it was, with patience that grows while nothing comes. */
    private static final RetryBackoffSpec RESTART = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
            .maxBackoff(Duration.ofSeconds(5))
            .transientErrors(true);

    /** A consumer that cannot reach its broker any more does not keep its process from ending. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** While a commit waits to be tried again nothing else is committed, so it waits as little as may be. */
    private static final Duration COMMIT_RETRY = Duration.ofMillis(50);

    /** As long as a coordinator may be away: 50 s. */
    private static final int MOST_COMMIT_ATTEMPTS = 1000;

    private final Topic<V> topic;
    private final Subscription subscription;
    private final AvroSerde<V> serde;
    private final DeadLetters deadLetters;

    /** With a group: what this receiver holds now. */
    private final Holdings holdings = new Holdings();

    /** Without a group: where to go on after an error, by partition. */
    private final Map<Integer, Long> nextOffsets = new ConcurrentHashMap<>();

    Receiver(Topic<V> topic, Subscription subscription, AvroSerde<V> serde, DeadLetters deadLetters) {
        this.topic = topic;
        this.subscription = subscription;
        this.serde = serde;
        this.deadLetters = deadLetters;
    }

    Flux<Received<V>> receive(Consumers consumers, Map<String, Object> clientSettings) {
        return KafkaReceiver.create(consumers.telling(subscription.onAnswered()), options(clientSettings))
                .receive()
                .concatMap(this::decode, 1)
                // One that was decoded waits here for demand.
                .filter(Received::isHeld)
                .doOnNext(received -> passed(received.partition(), received.offset()))
                .retryWhen(RESTART.doBeforeRetry(retry -> log.warn(
                        "receiver_restarts topic={} reason=\"{}\"",
                        topic.name(),
                        retry.failure().toString())));
    }

    private Mono<Received<V>> decode(ReceiverRecord<String, byte[]> record) {
        Holding holding = holdingOf(record);
        if (holding == null) {
            return Mono.empty();
        }
        try {
            V value = serde.deserialize(topic.name(), record.value());
            if (value != null) {
                return Mono.just(new Received<>(record, value, holding));
            }
            // A tombstone: it speaks to the log's cleaner, not to us.
            skip(record, holding);
            return Mono.empty();
        } catch (MalformedRecordException e) {
            return deadLetters.publish(topic, record, e).then(Mono.fromRunnable(() -> skip(record, holding)));
        }
    }

    /** Null for a record that was fetched before its partition went to another receiver, who gets it too. */
    private @Nullable Holding holdingOf(ReceiverRecord<String, byte[]> record) {
        return subscription.groupId() == null
                ? Holding.withoutCommits()
                : holdings.of(record.partition(), record.headers());
    }

    private void skip(ReceiverRecord<String, byte[]> record, Holding holding) {
        passed(record.partition(), record.offset());
        holding.acknowledge(record.receiverOffset());
    }

    private void passed(int partition, long offset) {
        if (subscription.groupId() == null) {
            nextOffsets.put(partition, offset + 1);
        }
    }

    private ReceiverOptions<String, byte[]> options(Map<String, Object> clientSettings) {
        var options = ReceiverOptions.<String, byte[]>create(clientSettings)
                .withKeyDeserializer(new StringDeserializer())
                .withValueDeserializer(new ByteArrayDeserializer())
                .consumerProperty(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        subscription.committedOnly() ? "read_committed" : "read_uncommitted")
                .consumerProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, subscription.maxPollRecords())
                .consumerProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, subscription.minFetchBytes())
                // A partition with records left over waits for the others' empty fetch: no longer than this.
                .consumerProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100)
                // Topics are created with their partitions and settings, never by being asked for.
                .consumerProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)
                .pollTimeout(Duration.ofMillis(50))
                .commitInterval(subscription.commitInterval())
                .commitRetryInterval(COMMIT_RETRY)
                .maxCommitAttempts(MOST_COMMIT_ATTEMPTS)
                .closeTimeout(CLOSE_PATIENCE)
                // By default a rebalance waits up to a minute for an acknowledgement of every single record.
                .maxDelayRebalance(Duration.ZERO);
        String group = subscription.groupId();
        return group == null ? alone(options) : inGroup(options, group);
    }

    private ReceiverOptions<String, byte[]> inGroup(ReceiverOptions<String, byte[]> options, String group) {
        return options.withKeyDeserializer(holdings.stamping(new StringDeserializer()))
                .withValueDeserializer(holdings.stamping(new ByteArrayDeserializer()))
                .consumerProperty(ConsumerConfig.GROUP_ID_CONFIG, group)
                .consumerProperty(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer")
                .consumerProperty(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        subscription.from() == Subscription.From.EARLIEST ? "earliest" : "latest")
                .subscription(List.of(topic.name()))
                .addAssignListener(assigned -> {
                    holdings.begin(numbers(assigned));
                    subscription.onAssigned().accept(numbers(assigned));
                })
                .addRevokeListener(revoked -> {
                    holdings.end(numbers(revoked));
                    subscription.onRevoked().accept(numbers(revoked));
                });
    }

    private ReceiverOptions<String, byte[]> alone(ReceiverOptions<String, byte[]> options) {
        var partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        // Where to start is always said; a position that the log no longer has goes on with the oldest that it has.
        return options.consumerProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                .assignment(partitions)
                .addAssignListener(assigned -> {
                    assigned.forEach(this::seek);
                    subscription.onAssigned().accept(numbers(assigned));
                })
                .addRevokeListener(revoked -> subscription.onRevoked().accept(numbers(revoked)));
    }

    private void seek(ReceiverPartition partition) {
        int number = partition.topicPartition().partition();
        Long next = nextOffsets.get(number);
        if (next != null) {
            partition.seek(next);
        } else if (subscription.from() == Subscription.From.EARLIEST) {
            partition.seekToBeginning();
        } else {
            // Settled now, so that nothing published from here on is missed.
            partition.seekToEnd();
            nextOffsets.put(number, partition.position());
        }
    }

    private static List<Integer> numbers(Collection<ReceiverPartition> partitions) {
        return partitions.stream().map(p -> p.topicPartition().partition()).toList();
    }
}
