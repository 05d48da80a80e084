package dev.earshot.localstack;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A single-node KRaft broker (broker and controller in one) in this JVM.
 *
 * <p>Its port and cluster id stay the same over {@link #restart()}. Not thread-safe: one caller at a time.
 */
final class KafkaBroker {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";

    static {
        BrokerFaults.install();
    }

    private final Path dir;
    private final int port;
    private final boolean keepData;
    private @Nullable KafkaRaftServer server;

    KafkaBroker(Path dir, int port, boolean keepData) {
        this.dir = dir;
        this.port = port;
        this.keepData = keepData;
    }

    String bootstrapServers() {
        return LoopbackPorts.HOST + ":" + port;
    }

    void start() {
        try {
            Map<String, String> settings = settings(LoopbackPorts.pickFree());
            formatOnce();
            KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server = started;
            BrokerFaults.throwing(started::startup);
        } catch (Exception e) {
            throw new LocalStackException(
                    "the embedded Kafka broker could not start in " + dir + ": " + e.getMessage()
                            + "; if its data is damaged, delete that folder",
                    e);
        }
    }

    void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    void restart() {
        stop();
        start();
    }

    private void formatOnce() throws Exception {
        if (Files.exists(dir.resolve("meta.properties"))) {
            return;
        }
        StackDirectory.createPrivate(dir);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Formatter formatter = new Formatter();
            formatter
                    .setPrintStream(silent)
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(dir.toString())
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(dir.toString())
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(new ArrayList<>(Feature.PRODUCTION_FEATURES));
            formatter.run();
        }
    }

    private Map<String, String> settings(int controllerPort) {
        Map<String, String> s = new HashMap<>();
        s.put("process.roles", "broker,controller");
        s.put("node.id", String.valueOf(NODE_ID));
        s.put("controller.quorum.voters", NODE_ID + "@" + LoopbackPorts.HOST + ":" + controllerPort);
        s.put(
                "listeners",
                "PLAINTEXT://" + bootstrapServers() + "," + CONTROLLER + "://" + LoopbackPorts.HOST + ":"
                        + controllerPort);
        s.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        s.put("controller.listener.names", CONTROLLER);
        s.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        s.put("log.dirs", dir.toString());
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            s.put(topic + ".replication.factor", "1");
            s.put(topic + ".num.partitions", "4");
        }
        s.put("transaction.state.log.min.isr", "1");
        // The transaction of a killed process holds up who takes over until it is seen to have timed out (default 10
        // s).
        s.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        s.put("share.coordinator.state.topic.min.isr", "1");
        s.put("auto.create.topics.enable", "false");
        s.put("num.partitions", "4");
        s.put("message.max.bytes", String.valueOf(2 * 1024 * 1024));
        s.put("log.segment.bytes", String.valueOf(256 * 1024 * 1024));
        if (keepData) {
            // There is no second replica to recover from, so a power cut may cost at most this last second.
            s.put("log.flush.interval.ms", "1000");
            s.put("log.flush.scheduler.interval.ms", "1000");
        }
        // After a kill the controller takes the dead broker for alive this long and refuses the new one (default 9 s).
        s.put("broker.session.timeout.ms", "3000");
        s.put("broker.heartbeat.interval.ms", "500");
        groupSettings(s);
        // One machine, a handful of clients: few threads and a small cleaner buffer start faster and cost less memory.
        s.put("num.network.threads", "2");
        s.put("num.io.threads", "4");
        s.put("log.cleaner.threads", "1");
        s.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
        return s;
    }

    /**
     * Session limits, so that a killed consumer is replaced in seconds: a classic-protocol consumer may ask for a
     * session of 1 s or more (6 s is what the services ask for); KIP-848 consumers get 3 s with two heartbeats a second,
     * for what the dead one had is handed on heartbeat by heartbeat.
     */
    private static void groupSettings(Map<String, String> s) {
        s.put("group.initial.rebalance.delay.ms", "0");
        s.put("group.min.session.timeout.ms", "1000");
        s.put("group.consumer.min.session.timeout.ms", "1000");
        s.put("group.consumer.session.timeout.ms", "3000");
        s.put("group.consumer.min.heartbeat.interval.ms", "500");
        s.put("group.consumer.heartbeat.interval.ms", "500");
        s.put("group.streams.initial.rebalance.delay.ms", "0");
        s.put("group.streams.min.session.timeout.ms", "1000");
        s.put("group.streams.session.timeout.ms", "6000");
        s.put("group.streams.min.heartbeat.interval.ms", "500");
        s.put("group.streams.heartbeat.interval.ms", "2000");
    }
}
