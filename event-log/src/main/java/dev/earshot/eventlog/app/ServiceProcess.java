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

    @Mixin
    private final TopicOptions topics = new TopicOptions();

    /** Starts a service on a log that answers. */
    @FunctionalInterface
    public interface Launch {

        AutoCloseable on(EventLog eventLog) throws Exception;
    }

    /**
     * How to reach the log.
     *
     * @param clientId shown in the broker's logs and metrics
     * @param replication copies of topics that are created
     */
    public EventLogConfig logConfig(String clientId, short replication) {
        return new EventLogConfig(kafka, registry, clientId, START_TIMEOUT, replication, Map.of());
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
                EventLog eventLog = EventLog.open(logConfig(service, (short) 1), topics())) {
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
