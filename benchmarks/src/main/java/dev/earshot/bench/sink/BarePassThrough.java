package dev.earshot.bench.sink;

import dev.earshot.eventlog.EventLog;
import dev.earshot.segment.postgres.PostgresSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What Kafka alone costs of a segment: as many records, of about the same sizes, written exactly once as the aggregator writes them
 * and read as its sinks read them. Nothing is decoded, decided or stored anywhere but in Kafka.
 *
 * <p>A final is heard and later confirmed. Each writes the state and tells the viewers, and the second one writes the segment. Of
 * meetings in which more is heard than confirmed at a time, the aggregator writes less.
 */
final class BarePassThrough implements AutoCloseable {

    private static final String NAME = "bench-bare";
    private static final String LIVE = NAME + "-live";
    private static final String SEGMENTS = NAME + "-segments";
    private static final String STORE = "states";

    /** A track without pending text, and the state of its meeting. */
    private static final byte[] SMALL = new byte[100];

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int COMMIT_EVERY_MS = 250;

    private final KafkaStreams streams;
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    /** Told what has happened, on several threads. */
    interface Progress {

        /** A hypothesis was passed on, as two records for viewers and one segment. */
        void passed();

        void liveRead(int records);

        void segmentsRead(int records);
    }

    private BarePassThrough(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Starts to pass on all hypotheses there are, from the first. */
    static BarePassThrough launch(EventLog log, Path stateDir, Progress progress) {
        createTopics(log);
        var bare = new BarePassThrough(new KafkaStreams(topology(log, progress), properties(log, stateDir)));
        bare.read(log, LIVE, Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"), progress::liveRead);
        bare.read(
                log,
                SEGMENTS,
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        PostgresSink.FETCH_BYTES,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        PostgresSink.BATCH_SIZE),
                progress::segmentsRead);
        bare.streams.start();
        return bare;
    }

    private static void createTopics(EventLog log) {
        var topics = List.of(
                new NewTopic(LIVE, log.topics().live().partitions(), (short) 1),
                new NewTopic(SEGMENTS, log.topics().segments().partitions(), (short) 1));
        try (Admin admin = Admin.create(
                Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, log.config().bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics could not be created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Topology topology(EventLog log, Progress progress) {
        var bytes = new ByteArraySerializer();
        return new Topology()
                .addSource(
                        "source",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        log.topics().hypotheses().name())
                .addProcessor("pass", () -> new Pass(progress), "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
                        "pass")
                .addSink(LIVE, LIVE, bytes, bytes, "pass")
                .addSink(SEGMENTS, SEGMENTS, bytes, bytes, "pass");
    }

    /** Those of the aggregator that cost or save time. */
    private static Properties properties(EventLog log, Path stateDir) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, NAME);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, log.config().bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 30L);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 10L);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 2);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return properties;
    }

    private void read(EventLog log, String topic, Map<String, Object> settings, IntConsumer read) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, log.config().bootstrapServers());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, topic);
        all.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        all.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY_MS);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        var consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        consumers.add(consumer);
        var reader = new Thread(() -> poll(consumer, read), topic);
        readers.add(reader);
        reader.start();
    }

    private static void poll(KafkaConsumer<byte[], byte[]> consumer, IntConsumer read) {
        try (consumer) {
            while (true) {
                read.accept(consumer.poll(POLL).count());
            }
        } catch (WakeupException closed) {
            // The end.
        }
    }

    @Override
    public void close() {
        streams.close(new KafkaStreams.CloseOptions().timeout(Duration.ofSeconds(10)));
        consumers.forEach(KafkaConsumer::wakeup);
        try {
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Pass implements Processor<byte[], byte[], byte[], byte[]> {

        private final Progress progress;
        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<byte[], byte[]> states;

        Pass(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> newContext) {
            context = newContext;
            states = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> heard) {
            states.put(heard.key(), heard.value());
            context.forward(heard, LIVE);
            states.put(heard.key(), SMALL);
            context.forward(heard, SEGMENTS);
            context.forward(heard.withValue(SMALL), LIVE);
            progress.passed();
        }
    }
}
