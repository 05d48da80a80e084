package dev.earshot.standalone;

import dev.earshot.api.IngressApi;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.bot.BotFleet;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import dev.earshot.segment.SegmentAggregator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every service in this process, on embedded or outside servers.
 *
 * <p>Servers come first, then topics, then consumers of text, then whoever brings audio. Closed in reverse order; if a part
 * does not start, what has started is closed and its exception thrown. Closing twice does nothing.
 */
public final class Standalone implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);

    private final StandaloneConfig config;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Path stateDir;
    private final Servers servers;
    private final EventLog eventLog;
    private final IngressApi api;

    private Standalone(StandaloneConfig config) {
        this.config = config;
        try {
            this.stateDir = stateDir(config);
            this.servers = keep(servers(config));
            this.eventLog = keep(EventLog.open(
                    EventLogConfig.of(servers.kafka(), servers.registry(), "earshot"), Topics.defaults()));
            eventLog.check();
            eventLog.createTopics();
            var settings = new ServiceSettings(config, servers, stateDir);
            var aggregator = starting(() -> SegmentAggregator.launch(settings.aggregator(), eventLog));
            var workers = starting(() -> AsrWorkers.launch(settings.asr(), eventLog, AsrEvents.NOOP));
            var face = starting(() -> IngressApi.launch(settings.api(), eventLog));
            aggregator.join();
            workers.join();
            this.api = face.join();
            keep(BotFleet.launch(settings.bots(), eventLog));
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Starts everything. Blocking, some seconds. Throws with a sentence for people when a part does not start. */
    public static Standalone launch(StandaloneConfig config) {
        try {
            return new Standalone(config);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Where the public API is. */
    public URI apiUrl() {
        return URI.create("http://127.0.0.1:" + api.port());
    }

    /** Where administration is. */
    public URI adminUrl() {
        return URI.create("http://127.0.0.1:" + api.adminPort());
    }

    /** What administrators must show. */
    public String adminToken() {
        return config.adminToken();
    }

    /** The topics, for readers beside the services. */
    public EventLog eventLog() {
        return eventLog;
    }

    /** {@code postgresql://user:password@host:port/database} */
    public String databaseUrl() {
        return servers.postgres();
    }

    /** Kafka's bootstrap servers. */
    public String bootstrapServers() {
        return servers.kafka();
    }

    /** The schema registry's URL. */
    public String schemaRegistryUrl() {
        return servers.registry();
    }

    /** Starts a service beside others; whatever starts is kept to be closed. */
    private <T extends AutoCloseable> CompletableFuture<T> starting(Callable<T> service) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return keep(service.call());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private <T extends AutoCloseable> T keep(T part) {
        synchronized (started) {
            started.push(part);
        }
        return part;
    }

    private static Servers servers(StandaloneConfig config) {
        Path dataDir = config.dataDir();
        return dataDir == null ? Servers.throwaway(config.servers()) : Servers.keptIn(dataDir, config.servers());
    }

    private static Path stateDir(StandaloneConfig config) {
        Path dataDir = config.dataDir();
        try {
            return dataDir == null
                    ? Files.createTempDirectory("earshot-state-")
                    : Files.createDirectories(dataDir.resolve("state"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for state can be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        while (true) {
            AutoCloseable part;
            synchronized (started) {
                part = started.poll();
            }
            if (part == null) {
                break;
            }
            try {
                part.close();
            } catch (Exception e) {
                log.warn("close_failed part={}", part.getClass().getSimpleName(), e);
            }
        }
        if (config.dataDir() == null && stateDir != null) {
            Folders.deleteAll(stateDir);
        }
    }
}
