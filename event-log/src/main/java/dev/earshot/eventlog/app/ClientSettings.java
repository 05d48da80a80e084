package dev.earshot.eventlog.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** A properties file with settings for every Kafka client of a process: how to be let in, mostly. */
final class ClientSettings {

    private static final Set<String> ALLOWED = allowed();

    private ClientSettings() {}

    /**
     * Reads such a file. Throws IllegalArgumentException with a sentence when it cannot be read, or has a key that is not for
     * every client or is set by our clients themselves: it would do nothing, or harm. Values may be secrets and are never in
     * the sentence.
     */
    static Map<String, String> read(String file) {
        var given = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            given.load(reader);
        } catch (NoSuchFileException e) {
            throw refused(file, "there is no such file", e);
        } catch (IOException | IllegalArgumentException e) {
            throw refused(file, e instanceof InvalidPathException ? "is no path" : "cannot be read", e);
        }
        var unknown = new TreeSet<>(given.stringPropertyNames());
        unknown.removeAll(ALLOWED);
        if (!unknown.isEmpty()) {
            throw refused(file, String.join(", ", unknown) + " cannot be set", null);
        }
        var settings = new TreeMap<String, String>();
        given.stringPropertyNames().forEach(key -> settings.put(key, given.getProperty(key)));
        return settings;
    }

    /** What producers, consumers and administration alike know, but for what each of ours sets. */
    private static Set<String> allowed() {
        var common = new TreeSet<>(AdminClientConfig.configNames());
        common.retainAll(ProducerConfig.configNames());
        common.retainAll(ConsumerConfig.configNames());
        common.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        common.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        common.remove(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG);
        return common;
    }

    private static IllegalArgumentException refused(String file, String reason, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "KAFKA_CLIENT_SETTINGS: " + file + ": " + reason + " (expected: a properties file with settings of the"
                        + " connection, as security.protocol, sasl.jaas.config or ssl.truststore.location)",
                cause);
    }
}
