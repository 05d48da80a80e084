package dev.earshot.localstack;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says which servers to start and where their data lives.
 *
 * @param dataDir folder for all data; made if it is not there, and locked while the stack runs
 * @param keepData true: data survives {@code close()} and a power cut (fsync on); false: deleted on close (fsync off)
 * @param externalBootstrapServers the broker the registry stores its schemas in when {@code kafka} is false
 */
public record LocalStackConfig(
        Path dataDir,
        boolean keepData,
        Ports ports,
        boolean kafka,
        boolean postgres,
        boolean redis,
        boolean registry,
        @Nullable String externalBootstrapServers) {

    public LocalStackConfig {
        Objects.requireNonNull(dataDir, "dataDir");
        Objects.requireNonNull(ports, "ports");
        dataDir = dataDir.toAbsolutePath().normalize();
        if (kafka && dataDir.toString().contains(",")) {
            throw new LocalStackException("data folder: " + dataDir
                    + " (expected: a path without a comma, at which Kafka would split it); choose another folder");
        }
        if (registry && !kafka && (externalBootstrapServers == null || externalBootstrapServers.isBlank())) {
            throw new LocalStackException(
                    "externalBootstrapServers: not set (expected: host:port of the Kafka that stores the schemas,"
                            + " because the embedded registry is on and the embedded Kafka is off)");
        }
    }

    /** With a broker of its own, or without a registry. */
    @SuppressWarnings("checkstyle:ParameterNumber") // A record's components, but for one.
    public LocalStackConfig(
            Path dataDir,
            boolean keepData,
            Ports ports,
            boolean kafka,
            boolean postgres,
            boolean redis,
            boolean registry) {
        this(dataDir, keepData, ports, kafka, postgres, redis, registry, null);
    }

    /** Every server on a free port, data in a new temporary folder that is deleted on close. */
    public static LocalStackConfig ephemeral() {
        return new LocalStackConfig(StackDirectory.newTemporaryPath(), false, Ports.free(), true, true, true, true);
    }

    /** Every server on a free port, data kept in {@code dir}. */
    public static LocalStackConfig keptIn(Path dir) {
        return new LocalStackConfig(dir, true, Ports.free(), true, true, true, true);
    }
}
