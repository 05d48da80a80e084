package dev.earshot.segment.streams;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.EventLogException;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.port.AggregatorEvents;
import dev.earshot.segment.streams.SegmentTopology.Folding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology, running: exactly once from input to output topics. A thread that fails is replaced and begins again where
 * its last transaction ended. Thread-safe.
 */
public final class SegmentStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SegmentStream.class);

    private static final String APPLICATION_ID = "segment-aggregator";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** An instance that was killed keeps its partitions for the session timeout, and state may have to be restored. */
    private static final Duration RUNNING_TIMEOUT = Duration.ofSeconds(60);

    /** A broker that is away must not make threads fail in a busy loop. */
    private static final long REPLACEMENT_PAUSE_MS = 500;

    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);
    private volatile @Nullable Throwable lastFailure;

    /**
     * How to run.
     *
     * @param stateDir folder of the local state; it can be had again from the broker
     * @param threads share the partitions
     * @param commitInterval transactions end so often: confirmed text waits for it, 20-50 ms
     * @param tickInterval how often what is due is confirmed
     * @param keepsFiltered whether text that the filter keeps out goes to a topic of its own
     */
    public record Settings(
            Path stateDir, int threads, Duration commitInterval, Duration tickInterval, boolean keepsFiltered) {

        /** What the filter keeps out is only counted. */
        public Settings(Path stateDir, int threads, Duration commitInterval, Duration tickInterval) {
            this(stateDir, threads, commitInterval, tickInterval, false);
        }

        public Settings {
            if (threads < 1) {
                throw new IllegalArgumentException("threads: " + threads + " (expected: at least 1)");
            }
            if (commitInterval.toMillis() < 1 || tickInterval.toMillis() < 1) {
                throw new IllegalArgumentException("commitInterval, tickInterval: " + commitInterval + ", "
                        + tickInterval + " (expected: at least 1 ms)");
            }
        }
    }

    private SegmentStream(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Starts and returns when partitions are assigned. Blocking; the topics must be there. */
    public static SegmentStream launch(
            Settings settings, EventLog eventLog, Supplier<SegmentFold> folds, AggregatorEvents events) {
        eventLog.createChangelog(
                APPLICATION_ID + "-" + SegmentTopology.MEETINGS_STORE + "-changelog",
                eventLog.topics().hypotheses());
        if (settings.keepsFiltered()) {
            eventLog.createTopic(eventLog.topics().filtered());
        }
        var folding = new Folding(folds, settings.tickInterval(), settings.keepsFiltered(), events);
        var topology = SegmentTopology.of(eventLog.topics(), eventLog::serde, folding);
        var streams = new KafkaStreams(topology, properties(settings, eventLog, events));
        var stream = new SegmentStream(streams);
        streams.setUncaughtExceptionHandler(stream::replaceThread);
        streams.setStateListener((next, before) -> stream.moved(next));
        streams.start();
        stream.awaitRunning(eventLog.config());
        return stream;
    }

    /** Whether partitions are being worked on, or are about to be. */
    public boolean isRunning() {
        return streams.state().isRunningOrRebalancing();
    }

    private void moved(State next) {
        log.info("segment_stream state={}", next);
        if (next == State.RUNNING) {
            running.countDown();
        }
    }

    private void awaitRunning(EventLogConfig config) {
        try {
            if (running.await(RUNNING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable failure = lastFailure;
        State state = streams.state();
        close();
        throw new EventLogException("the transcript stream got no partitions from Kafka at " + config.bootstrapServers()
                + " (it is " + state + (failure == null ? "" : ", " + failure.getMessage())
                + "); have the topics been created?");
    }

    private StreamThreadExceptionResponse replaceThread(Throwable failure) {
        lastFailure = failure;
        log.error("segment_stream thread failed, replacing it", failure);
        try {
            TimeUnit.MILLISECONDS.sleep(REPLACEMENT_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Properties properties(Settings settings, EventLog eventLog, AggregatorEvents events) {
        EventLogConfig log = eventLog.config();
        var properties = new Properties();
        properties.putAll(log.clientSettings());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, log.clientId() + "-fold");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, log.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) log.replication());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        // A commit waits until a poll returns, so an idle poll must be shorter than the commit interval.
        properties.put(StreamsConfig.POLL_MS_CONFIG, 10L);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(DeadLetterHandler.TOPICS, eventLog.topics());
        properties.put(DeadLetterHandler.EVENTS, events);
        // A viewer does not notice two milliseconds, and a backlog goes out in a fraction of the requests.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 2);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // An instance that was killed gives its meetings up after six seconds instead of 45, the least that a broker
        // allows unless it is told otherwise; its last transaction, which the next owner must see ended, is over by
        // then.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 5_000);
        // Another instance follows the state, so that taking over is not reading it from its beginning.
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        return properties;
    }

    /** Ends the running transactions and gives the partitions back. */
    @Override
    public void close() {
        streams.close(new KafkaStreams.CloseOptions().timeout(CLOSE_TIMEOUT).leaveGroup(true));
    }
}
