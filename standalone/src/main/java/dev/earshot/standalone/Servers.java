package dev.earshot.standalone;

import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.localstack.Ports;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the services stand on: outside ones where an address was given, our own for the rest.
 *
 * <p>Closing ends our own and leaves the outside ones alone.
 */
final class Servers implements AutoCloseable {

    private final ServerAddresses outside;
    private final @Nullable LocalStack embedded;

    private Servers(ServerAddresses outside, @Nullable LocalStack embedded) {
        this.outside = outside;
        this.embedded = embedded;
    }

    /** Our own servers in place of every address that is missing, with data kept in a folder. */
    static Servers keptIn(Path dataDir, ServerAddresses outside) {
        return start(outside, LocalStackConfig.keptIn(dataDir));
    }

    /** The same, with data that is thrown away on close. */
    static Servers throwaway(ServerAddresses outside) {
        return start(outside, LocalStackConfig.ephemeral());
    }

    private static Servers start(ServerAddresses outside, LocalStackConfig whole) {
        if (outside.complete()) {
            return new Servers(outside, null);
        }
        var missing = new LocalStackConfig(
                whole.dataDir(),
                whole.keepData(),
                Ports.free(),
                outside.kafka() == null,
                outside.postgres() == null,
                outside.redis() == null,
                outside.registry() == null,
                outside.kafka());
        return new Servers(outside, LocalStack.start(missing));
    }

    /** Whether the broker is somebody else's. */
    boolean isKafkaOutside() {
        return outside.kafka() != null;
    }

    String kafka() {
        String given = outside.kafka();
        return given == null ? own().bootstrapServers() : given;
    }

    String registry() {
        String given = outside.registry();
        return given == null ? own().schemaRegistryUrl() : given;
    }

    String postgres() {
        String given = outside.postgres();
        return given == null ? own().databaseUrl() : given;
    }

    String redis() {
        String given = outside.redis();
        return given == null ? own().redisUrl() : given;
    }

    private LocalStack own() {
        if (embedded == null) {
            throw new IllegalStateException("no embedded server was started: every address was given");
        }
        return embedded;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
