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
 * @param replication copies of each topic that is created here; {@link #BROKERS_DEFAULT} for as many as the broker says
 * @param clientSettings settings handed to every Kafka client as they are (security, mostly)
 */
public record EventLogConfig(
        String bootstrapServers,
        String schemaRegistryUrl,
        String clientId,
        Duration startTimeout,
        short replication,
        Map<String, String> clientSettings) {

    /** So many copies as the broker's {@code default.replication.factor}: one on a broker of one's own, more in a cluster. */
    public static final short BROKERS_DEFAULT = -1;

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
        if (replication < 1 && replication != BROKERS_DEFAULT) {
            throw new IllegalArgumentException("replication: " + replication + " (expected: at least 1, or "
                    + BROKERS_DEFAULT + " for the broker's default)");
        }
        clientSettings = Map.copyOf(clientSettings);
    }

    /** As many copies of each topic as the broker says, ten seconds of patience, no further settings. */
    public static EventLogConfig of(String bootstrapServers, String schemaRegistryUrl, String clientId) {
        return new EventLogConfig(
                bootstrapServers, schemaRegistryUrl, clientId, Duration.ofSeconds(10), BROKERS_DEFAULT, Map.of());
    }

    /** The same with another patience. */
    public EventLogConfig withStartTimeout(Duration patience) {
        return new EventLogConfig(bootstrapServers, schemaRegistryUrl, clientId, patience, replication, clientSettings);
    }

    @Override
    public String toString() {
        // The registry's URL and the settings may hold passwords.
        return "EventLogConfig[bootstrapServers=" + bootstrapServers + ", clientId=" + clientId + "]";
    }
}
