package dev.earshot.eventlog;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells from which partitions of a consumer a record would have come if there were one.
 *
 * <p>Kafka's consumer says nothing of a broker that it cannot reach: its polls are as empty as those of a quiet topic. But it
 * counts each node's responses, and a node that leads a partition that is read answers every {@code fetch.max.wait.ms}, if only
 * that there is nothing new. Only the consumer's thread may call this.
 */
final class Answers {

    /** As often as a broker with nothing new answers. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Consumer<?, ?> consumer;
    private final String clientId;
    /** With a rack of its own the consumer may read from another replica than the leader, and does not say from which. */
    private final boolean readsFollowers;

    private final java.util.function.Consumer<Collection<Integer>> answered;
    /** Responses seen so far, by node. */
    private final Map<Integer, Double> responses = new HashMap<>();

    private long toldAt = System.nanoTime();

    Answers(
            Consumer<?, ?> consumer,
            Map<String, Object> settings,
            java.util.function.Consumer<Collection<Integer>> answered) {
        this.consumer = consumer;
        this.clientId = String.valueOf(settings.get(ConsumerConfig.CLIENT_ID_CONFIG));
        this.readsFollowers = !String.valueOf(settings.getOrDefault(ConsumerConfig.CLIENT_RACK_CONFIG, ""))
                .isEmpty();
        this.answered = answered;
    }

    /** After a poll. */
    void tell() {
        long now = System.nanoTime();
        if (now - toldAt < INTERVAL.toNanos()) {
            return;
        }
        toldAt = now;
        List<PartitionInfo> read = read();
        Set<Integer> answering = read.stream()
                .flatMap(partition -> sources(partition).map(Node::id))
                .distinct()
                .filter(this::hasAnswered)
                .collect(Collectors.toSet());
        List<Integer> heard = read.stream()
                .filter(partition -> sources(partition).map(Node::id).anyMatch(answering::contains))
                .map(PartitionInfo::partition)
                .toList();
        if (!heard.isEmpty()) {
            answered.accept(heard);
        }
    }

    private List<PartitionInfo> read() {
        Set<TopicPartition> read = new HashSet<>(consumer.assignment());
        read.removeAll(consumer.paused());
        return read.stream()
                .map(TopicPartition::topic)
                .distinct()
                .flatMap(topic -> known(topic).stream())
                .filter(partition -> read.contains(new TopicPartition(partition.topic(), partition.partition())))
                .toList();
    }

    /** What the consumer knows of a topic without asking anybody. */
    private List<PartitionInfo> known(String topic) {
        try {
            return consumer.partitionsFor(topic, Duration.ZERO);
        } catch (TimeoutException nothing) {
            return List.of();
        }
    }

    private Stream<Node> sources(PartitionInfo partition) {
        return readsFollowers ? Stream.of(partition.replicas()) : Stream.ofNullable(partition.leader());
    }

    private boolean hasAnswered(int node) {
        // Looked up each time: Kafka replaces the counter of a node that was long not connected.
        Metric counter = consumer.metrics()
                .get(new MetricName(
                        "response-total",
                        "consumer-node-metrics",
                        "",
                        Map.of("client-id", clientId, "node-id", "node-" + node)));
        if (counter == null) {
            return false;
        }
        double total = (Double) counter.metricValue();
        @Nullable Double before = responses.put(node, total);
        return before != null && before != total;
    }
}
