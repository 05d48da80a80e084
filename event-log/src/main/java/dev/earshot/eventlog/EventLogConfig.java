package dev.earshot.eventlog;

import java.time.Duration;
import java.util.Map;

/**
 * How to reach the log.
 *
 * @param bootstrapServers Kafka's, {@code host:port[,host:port…]}
 * @param schemaRegistryUrl a registry that speaks the Confluent REST API, without a path behind it or with one ({@code
 *     http://host:port/apis/ccompat/v7}); {@code https://user:password@host} where it asks for a password
 * @param clientId shown in the broker's logs and metrics: module and instance
 * @param startTimeout how long {@link EventLog#check} and {@link EventLog#createTopics} wait for the servers, and how long
 *     the registry may take for one answer
 * @param replication copies of each topic that {@link EventLog#createTopics} creates
 * @param clientSettings settings handed to every Kafka client as they are (security, mostly)
 */
public record EventLogConfig(
        String bootstrapServers,
        String schemaRegistryUrl,
        String clientId,
        Duration startTimeout,
        short replication,
        Map<String, String> clientSettings) {

    public EventLogConfig {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrapServers: blank (expected: host:port[,host:port])");
        }
        if (!schemaRegistryUrl.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new IllegalArgumentException(
                    "schemaRegistryUrl: " + schemaRegistryUrl + " (expected: http://host:port or https://host:port)");
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout: " + startTimeout + " (expected: more than 0)");
        }
        if (replication < 1) {
            throw new IllegalArgumentException("replication: " + replication + " (expected: at least 1)");
        }
        clientSettings = Map.copyOf(clientSettings);
    }

    /** One copy of each topic, ten seconds of patience, no further settings. */
    public static EventLogConfig of(String bootstrapServers, String schemaRegistryUrl, String clientId) {
        return new EventLogConfig(
                bootstrapServers, schemaRegistryUrl, clientId, Duration.ofSeconds(10), (short) 1, Map.of());
    }
}
