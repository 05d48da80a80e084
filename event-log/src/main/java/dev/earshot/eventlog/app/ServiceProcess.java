package dev.earshot.eventlog.app;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all service commands share, mixed into each: where the log is, and a life that lasts until somebody ends it. */
public final class ServiceProcess {

    private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Kafka's bootstrap servers (KAFKA_BOOTSTRAP_SERVERS)")
    private String kafka = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "${env:SCHEMA_REGISTRY_URL:-http://localhost:8081}",
            description = "registry with the Confluent REST API (SCHEMA_REGISTRY_URL)")
    private String registry = "";

    @Option(
            names = "--kafka-settings",
            paramLabel = "FILE",
            defaultValue = "${env:KAFKA_CLIENT_SETTINGS:-}",
            description = "properties file for every Kafka client, with security.protocol, sasl.* and ssl.* where Kafka"
                    + " wants them (KAFKA_CLIENT_SETTINGS)")
    private String clientSettings = "";

    @Mixin
    private final TopicOptions topics = new TopicOptions();

    /** Starts a service on a log that answers. */
    @FunctionalInterface
    public interface Launch {

        AutoCloseable on(EventLog eventLog) throws Exception;
    }

    /**
     * How to reach the log. Throws IllegalArgumentException with a sentence for what makes no sense.
     *
     * @param clientId shown in the broker's logs and metrics
     */
    public EventLogConfig logConfig(String clientId) {
        return new EventLogConfig(kafka, registry, clientId, START_TIMEOUT, topics.replication(), clientSettings());
    }

    /**
     * What every Kafka client is told besides; empty without a file. Throws IllegalArgumentException with a sentence for a
     * file that cannot be used.
     */
    public Map<String, String> clientSettings() {
        return clientSettings.isBlank() ? Map.of() : ClientSettings.read(clientSettings);
    }

    /** The topics that the service finds on the log. */
    public Topics topics() {
        return topics.toTopics();
    }

    /**
     * Runs a service until the process is told to end, and then closes it. Blocking. Returns the exit code; throws what the
     * service throws at its start, and {@link dev.earshot.eventlog.EventLogException} when the log does not answer.
     */
    public int run(String service, Launch launch) throws Exception {
        var asked = new CountDownLatch(1);
        try (var ending = Ending.onSignal(asked::countDown);
                EventLog eventLog = EventLog.open(logConfig(service), topics())) {
            eventLog.check();
            try (AutoCloseable running = launch.on(eventLog)) {
                log.info("service_running service={} kafka={}", service, kafka);
                asked.await();
                log.info("service_ending service={}", service);
            }
        }
        return 0;
    }
}
