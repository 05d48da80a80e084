package dev.earshot.eventlog;

import dev.earshot.schema.Retentions;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Brings a broker to the shape that the catalogue describes. Blocking; safe to run from several processes at once. */
final class TopicBootstrap {

    private static final long RETRY_PAUSE_MS = 50;
    private static final String DEAD_LETTERS_SUFFIX = "." + Retentions.DEAD_LETTERS;

    private final EventLogConfig config;
    private final Map<String, Object> adminSettings;

    TopicBootstrap(EventLogConfig config, Map<String, Object> clientSettings) {
        this.config = config;
        this.adminSettings = new HashMap<>(clientSettings);
        int timeoutMs = Math.toIntExact(config.startTimeout().toMillis());
        adminSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5000, timeoutMs));
        adminSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
    }

    /** Throws unless the broker answers and what is there of the topics has the catalogue's partitions. */
    void check(Topics topics) {
        try (Admin admin = admin()) {
            var existing = await(() -> admin.listTopics().names());
            var wanted = newTopics(topics).stream()
                    .filter(topic -> existing.contains(topic.name()))
                    .toList();
            requirePartitions(admin, wanted);
        }
    }

    /** Whether the broker says anything within so long. */
    boolean answers(Duration patience) {
        Admin admin = admin();
        try {
            admin.describeCluster().nodes().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Creates what is missing; topics that are there are kept as long as was asked for, where it was. */
    void create(Topics topics) {
        List<NewTopic> wanted = newTopics(topics);
        create(wanted);
        Set<String> asked = topics.retentions().byName().keySet();
        List<NewTopic> changed = wanted.stream()
                .filter(topic -> asked.contains(
                        topic.name().endsWith(DEAD_LETTERS_SUFFIX) ? Retentions.DEAD_LETTERS : topic.name()))
                .toList();
        if (!changed.isEmpty()) {
            setRetention(changed);
        }
    }

    private void setRetention(List<NewTopic> topics) {
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        for (NewTopic topic : topics) {
            String wanted = topic.configs().get(TopicConfig.RETENTION_MS_CONFIG);
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    List.of(new AlterConfigOp(
                            new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, wanted), AlterConfigOp.OpType.SET)));
        }
        try (Admin admin = admin()) {
            await(() -> admin.incrementalAlterConfigs(changes).all());
        }
    }

    void create(Topic<?> topic) {
        create(List.of(new NewTopic(topic.name(), topic.partitions(), config.replication()).configs(topic.settings())));
    }

    /** A topic that keeps the newest record of each key for good, with as many partitions as another has. */
    void createCompacted(String name, String partitionedAs) {
        int partitions;
        try (Admin admin = admin()) {
            partitions = await(() -> admin.describeTopics(List.of(partitionedAs))
                            .topicNameValues()
                            .get(partitionedAs))
                    .partitions()
                    .size();
        }
        create(List.of(new NewTopic(name, partitions, config.replication())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))));
    }

    private void create(List<NewTopic> wanted) {
        try (Admin admin = admin()) {
            var existing = await(() -> admin.listTopics().names());
            var missing = wanted.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).values().values().forEach(this::awaitCreated);
            awaitLeaders(admin, requirePartitions(admin, wanted).values());
        }
    }

    private List<NewTopic> newTopics(Topics topics) {
        var wanted = new ArrayList<NewTopic>();
        var deadLetterSettings = Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(topics.deadLetterRetention().toMillis()));
        for (Topic<?> topic : topics.all()) {
            wanted.add(new NewTopic(topic.name(), topic.partitions(), config.replication()).configs(topic.settings()));
            wanted.add(new NewTopic(topic.deadLetterName(), 1, config.replication()).configs(deadLetterSettings));
        }
        return wanted;
    }

    private void awaitCreated(KafkaFuture<Void> creation) {
        try {
            creation.get(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // Another process may have been faster, which is as good.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failure(e.getCause() == null ? e : e.getCause());
            }
        } catch (TimeoutException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Map<String, TopicDescription> requirePartitions(Admin admin, List<NewTopic> wanted) {
        var topicsNow = await(
                () -> admin.describeTopics(wanted.stream().map(NewTopic::name).toList())
                        .allTopicNames());
        wanted.forEach(topic -> requirePartitions(topic, topicsNow));
        return topicsNow;
    }

    /** With another number of partitions the inputs of the fold fall apart and readers of all partitions miss some. */
    private void requirePartitions(NewTopic wanted, Map<String, TopicDescription> topicsNow) {
        TopicDescription topic = topicsNow.get(wanted.name());
        int partitions = topic == null ? 0 : topic.partitions().size();
        if (partitions != wanted.numPartitions()) {
            throw new EventLogException(
                    "topic " + wanted.name() + " at " + config.bootstrapServers() + " has "
                            + partitions + " partitions (expected: " + wanted.numPartitions()
                            + "); set AUDIO_PARTITIONS and MEETING_PARTITIONS to the numbers that there are, or create it anew");
        }
    }

    /** Offsets can be listed only where a leader serves: KAFKA-15591 loses records sent before that. */
    private void awaitLeaders(Admin admin, Collection<TopicDescription> topics) {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        for (TopicDescription topic : topics) {
            topic.partitions()
                    .forEach(p -> partitions.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
        }
        await(() -> admin.listOffsets(partitions).all());
    }

    private Admin admin() {
        try {
            return Admin.create(adminSettings);
        } catch (KafkaException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Asks until the answer comes, the answer is no, or the start timeout has passed. */
    private <T> T await(Supplier<KafkaFuture<T>> question) {
        long deadline = System.nanoTime() + config.startTimeout().toNanos();
        while (true) {
            try {
                return question.get().get(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw failure(e.getCause() == null ? e : e.getCause());
                }
                pause();
            } catch (TimeoutException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_PAUSE_MS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private EventLogException failure(Throwable cause) {
        return EventLogException.ofKafka(config, cause);
    }

    private static EventLogException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EventLogException("interrupted while waiting for Kafka", e);
    }
}
