package dev.earshot.standalone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name outside servers. */
final class ServerOptions {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
            description = "outside Kafka, in place of the embedded one (KAFKA_BOOTSTRAP_SERVERS)")
    private @Nullable String kafka;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "${env:SCHEMA_REGISTRY_URL}",
            description = "outside schema registry with the Confluent REST API (SCHEMA_REGISTRY_URL)")
    private @Nullable String registry;

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:DATABASE_URL}",
            description = "outside PostgreSQL, postgresql://user:password@host:port/database (DATABASE_URL)")
    private @Nullable String postgres;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            defaultValue = "${env:REDIS_URL}",
            description = "outside Redis, redis://host:port/0 (REDIS_URL)")
    private @Nullable String redis;

    ServerAddresses toAddresses() {
        return new ServerAddresses(given(kafka), given(registry), given(postgres), given(redis));
    }

    /** picocli leaves the placeholder as it stands where a variable is not set; an empty one means the same. */
    private static @Nullable String given(@Nullable String address) {
        return address == null || address.isBlank() || address.startsWith("${") ? null : address;
    }
}
