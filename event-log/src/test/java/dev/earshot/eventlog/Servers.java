package dev.earshot.eventlog;

import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Retentions;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotClaimState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One real broker and registry for the tests of this module, and what it takes to look behind the event log's back. */
final class Servers {

    private static final AtomicInteger CATALOGUES = new AtomicInteger();
    private static final LocalStack STACK = start();

    private Servers() {}

    /** A broker and a registry of one's own, for tests that take them away. */
    static LocalStack start() {
        LocalStackConfig all = LocalStackConfig.ephemeral();
        LocalStack stack =
                LocalStack.start(new LocalStackConfig(all.dataDir(), false, all.ports(), true, false, false, true));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        return stack;
    }

    static String bootstrapServers() {
        return STACK.bootstrapServers();
    }

    static String registryUrl() {
        return STACK.schemaRegistryUrl();
    }

    static EventLogConfig config() {
        return config(STACK, "test");
    }

    static EventLogConfig config(LocalStack stack, String clientId) {
        return EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), clientId);
    }

    static EventLog open(Topics topics) {
        return EventLog.open(config(), topics);
    }

    /** Topics that no other test uses; nothing of them is on the broker yet. */
    static Topics freshTopics() {
        Topics names = Topics.of(4, 2);
        int version = 1000 + CATALOGUES.incrementAndGet();
        return new Topics(
                renamed(names.audioChunks(), version),
                renamed(names.meetingEvents(), version),
                renamed(names.speakerEvents(), version),
                renamed(names.botCommands(), version),
                renamed(names.botClaims(), version),
                renamed(names.hypotheses(), version),
                renamed(names.live(), version),
                renamed(names.segments(), version),
                Retentions.DECLARED);
    }

    /** The same topics, some of them to be kept longer or shorter. */
    static Topics keeping(Topics topics, Retentions retentions) {
        return with(topics, keeping(topics.audioChunks(), retentions), retentions);
    }

    /** The same topics, but for that of audio. */
    static Topics with(Topics topics, Topic<AudioChunk> audio, Retentions retentions) {
        return new Topics(
                audio,
                topics.meetingEvents(),
                topics.speakerEvents(),
                topics.botCommands(),
                topics.botClaims(),
                topics.hypotheses(),
                topics.live(),
                topics.segments(),
                retentions);
    }

    private static <V extends org.apache.avro.specific.SpecificRecord> Topic<V> keeping(
            Topic<V> topic, Retentions retentions) {
        return retentions.topic(topic.name(), topic.valueType(), topic.partitions(), topic.retention());
    }

    private static <V extends org.apache.avro.specific.SpecificRecord> Topic<V> renamed(Topic<V> topic, int version) {
        return new Topic<>(
                topic.name().replaceAll("v\\d+$", "v" + version),
                topic.valueType(),
                topic.partitions(),
                topic.retention(),
                topic.compacted());
    }

    /** The smallest record there is, told from others by its number. */
    static BotClaim claim(long number) {
        return BotClaim.newBuilder()
                .setMeetingId("7")
                .setSessionUid("3b241101-e2bb-4255-8caf-4136c566a962")
                .setNode("node-1")
                .setEpoch(number)
                .setState(BotClaimState.CLAIMED)
                .setHeartbeatAt(Instant.EPOCH)
                .build();
    }

    static List<BotClaim> claims(int count) {
        return IntStream.range(0, count).mapToObj(Servers::claim).toList();
    }

    static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Committed offsets of a group by partition; partitions without one are absent. */
    static Map<Integer, Long> committed(String group, Topic<?> topic) {
        try (Admin admin = admin()) {
            var committed = new TreeMap<Integer, Long>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (partition.topic().equals(topic.name()) && offset != null) {
                            committed.put(partition.partition(), offset.offset());
                        }
                    });
            return committed;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static int members(String group) {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .size();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts bytes on a topic as a foreign producer would. */
    static void produceRaw(String topic, int partition, String key, byte @Nullable [] value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a topic of one partition from its start until it has so many records. */
    static List<ConsumerRecord<String, byte[]>> readRaw(String topic, int count) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Registers a schema as another version of our software would. Returns its id. */
    static int register(String subject, String schemaJson) {
        String body = "{\"schema\":\"" + schemaJson.replace("\"", "\\\"") + "\"}";
        try {
            var response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(registryUrl() + "/subjects/" + subject + "/versions"))
                                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.body());
            }
            return Integer.parseInt(response.body().replaceAll(".*\"id\"\\s*:\\s*(\\d+).*", "$1"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
