package dev.earshot.localstack.registry;

import dev.earshot.localstack.registry.RegistryRecord.LevelSet;
import dev.earshot.localstack.registry.RegistryRecord.SchemaStored;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry for Avro on 127.0.0.1: the Confluent REST API over the topic {@code _schemas}.
 *
 * <p>State changes only by reading the log, so an answer is given after the write is stored and read back. Two
 * registries on one Kafka see each other's writes, but nothing keeps them from taking the same id in the same
 * millisecond: run one. Thread-safe.
 */
public final class SchemaRegistry implements AutoCloseable {

    private final RegistryState state;
    private final SchemaLog log;
    private final Object logLock = new Object();
    private @Nullable RegistryHttp http;

    private SchemaRegistry(RegistryState state, SchemaLog log) {
        this.state = state;
        this.log = log;
    }

    /** Starts with FULL_TRANSITIVE as the level of subjects that have none. */
    public static SchemaRegistry start(String bootstrapServers, int port) {
        return start(bootstrapServers, port, Compatibility.FULL_TRANSITIVE);
    }

    /** Reads the log to its end, then listens; {@code port} 0 picks a free one. */
    public static SchemaRegistry start(String bootstrapServers, int port, Compatibility defaultLevel) {
        SchemaLog log = SchemaLog.open(bootstrapServers);
        SchemaRegistry registry = new SchemaRegistry(new RegistryState(defaultLevel), log);
        try {
            registry.catchUp();
            registry.http = RegistryHttp.start(port, new RegistryRoutes(registry));
            return registry;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        RegistryHttp running = http;
        if (running == null) {
            throw new IllegalStateException("schema registry is not running");
        }
        return running.url();
    }

    @Override
    public void close() {
        RegistryHttp running = http;
        if (running != null) {
            http = null;
            running.close();
            synchronized (logLock) {
                log.close();
            }
        }
    }

    RegistryState state() {
        return state;
    }

    SchemaStored register(String subject, Schema schema) {
        Optional<SchemaStored> known = state.find(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        return write(() -> state.find(subject, schema).orElseGet(() -> {
            SchemaStored decided = state.decideRegistration(subject, schema);
            log.append(decided);
            return decided;
        }));
    }

    /** Marks versions as deleted; their ids stay readable, because records carry them. */
    List<Integer> delete(Supplier<List<SchemaStored>> chosen) {
        return write(() -> {
            List<SchemaStored> versions = chosen.get();
            versions.forEach(v -> log.append(new SchemaStored(v.subject(), v.version(), v.id(), v.schema(), true)));
            return versions.stream().map(SchemaStored::version).toList();
        });
    }

    void setLevel(@Nullable String subject, @Nullable Compatibility level) {
        write(() -> {
            log.append(new LevelSet(subject, level));
            return level == null ? "" : level.name();
        });
    }

    /** An id this registry has not seen may have been written by another one: look again before saying no. */
    Optional<String> textOf(int id) {
        Optional<String> known = state.textOf(id);
        if (known.isPresent()) {
            return known;
        }
        catchUp();
        return state.textOf(id);
    }

    private void catchUp() {
        synchronized (logLock) {
            log.readNew(state::apply);
        }
    }

    private <T> T write(Supplier<T> decideAndAppend) {
        synchronized (logLock) {
            try {
                log.readNew(state::apply);
                T result = decideAndAppend.get();
                log.readNew(state::apply);
                return result;
            } catch (KafkaException e) {
                throw RegistryException.store(e);
            }
        }
    }
}
