package dev.earshot.standalone;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings Kafka and the registry to the shape that the services expect; run it once before them. */
@Command(
        name = "create-topics",
        description = "Create the topics, their dead letters and their schemas; harmless when they are there.",
        mixinStandardHelpOptions = true)
final class CreateTopicsCommand implements Callable<Integer> {

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
            names = "--replication",
            paramLabel = "N",
            defaultValue = "${env:TOPIC_REPLICATION:-1}",
            description = "copies of each topic (TOPIC_REPLICATION)")
    private short replication;

    @Override
    public Integer call() {
        var config =
                new EventLogConfig(kafka, registry, "create-topics", Duration.ofSeconds(60), replication, Map.of());
        Topics topics = Topics.defaults();
        try (EventLog log = EventLog.open(config, topics)) {
            log.createTopics();
        }
        System.out.println(topics.all().size() + " topics ready at " + kafka);
        return 0;
    }
}
