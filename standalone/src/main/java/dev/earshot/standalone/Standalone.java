package dev.earshot.standalone;

import dev.earshot.api.IngressApi;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.asr.app.MicrometerAsrEvents;
import dev.earshot.asr.app.WorkerHttp;
import dev.earshot.audio.AudioIngest;
import dev.earshot.audio.metrics.MicrometerAudioEvents;
import dev.earshot.bot.BotFleet;
import dev.earshot.bot.app.FleetGauges;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Subscription;
import dev.earshot.segment.SegmentAggregator;
import dev.earshot.segment.metrics.MicrometerAggregatorEvents;
import dev.earshot.standalone.client.Accounts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Every service in this process, on embedded or outside servers.
 *
 * <p>Servers come first, then topics, then consumers (side by side), then whoever brings audio. Closed in reverse order; if a
 * part does not start, what has started is closed and its exception thrown. Closing twice does nothing.
 */
public final class Standalone implements AutoCloseable {

    /** More than a person follows, fewer than wear a machine out. */
    private static final int BOTS_AT_ONCE = 10;

    private final StandaloneConfig config;
    private final Parts parts;
    private final Servers servers;
    private final EventLog eventLog;
    private final IngressApi api;
    private final String speechModel;

    private Standalone(
            StandaloneConfig config,
            Parts parts,
            Servers servers,
            EventLog eventLog,
            IngressApi api,
            String speechModel) {
        this.config = config;
        this.parts = parts;
        this.servers = servers;
        this.eventLog = eventLog;
        this.api = api;
        this.speechModel = speechModel;
    }

    /** Starts everything. Blocking, some seconds. Throws with a sentence for people when a part does not start. */
    public static Standalone launch(StandaloneConfig config) {
        return launch(config, Steps.ofThisProcess());
    }

    /** The same, and notes when which step was done. */
    static Standalone launch(StandaloneConfig config, Steps steps) {
        var parts = new Parts();
        try {
            return start(config, parts, steps);
        } catch (CompletionException e) {
            parts.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (Throwable e) {
            parts.close();
            throw e;
        }
    }

    private static Standalone start(StandaloneConfig config, Parts parts, Steps steps) {
        config.ports().requireFree();
        ServiceSettings.requireUsable(config.servers());
        // A model that cannot be had is refused before anything is started.
        AsrWorkersCommand recognition = ServiceSettings.preparedAsr(config);
        Path stateDir = stateDir(config, parts);
        Servers servers = parts.keep(servers(config));
        steps.done("servers");
        EventLog eventLog = parts.keep(ServiceSettings.openLog(servers));
        eventLog.check();
        eventLog.createTopics();
        steps.done("topics");
        var settings = new ServiceSettings(config, servers, stateDir);
        // One process, one set of meters: the port of administration shows all of them.
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var aggregator = starting(
                parts,
                () -> SegmentAggregator.launch(
                        settings.aggregator(), eventLog, new MicrometerAggregatorEvents(meters)));
        var workers = starting(parts, () -> recognition(recognition, eventLog, parts, meters));
        workers.thenRun(() -> steps.done("model"));
        var api = starting(parts, () -> IngressApi.launch(settings.api(), eventLog, meters));
        CompletableFuture.allOf(aggregator, workers, api).join();
        var audio = new MicrometerAudioEvents(meters);
        parts.keep(AudioIngest.launch(settings.audioIngest(), eventLog, audio, meters::scrape));
        FleetGauges.register(parts.keep(BotFleet.launch(settings.bots(), eventLog, audio)), meters);
        steps.done("services");
        return new Standalone(
                config,
                parts,
                servers,
                eventLog,
                api.join(),
                recognition.toConfig().model());
    }

    private static WorkerHttp recognition(
            AsrWorkersCommand settings, EventLog eventLog, Parts parts, PrometheusMeterRegistry meters) {
        AsrWorkers workers =
                parts.keep(AsrWorkers.launch(settings.toConfig(), eventLog, new MicrometerAsrEvents(meters)));
        return WorkerHttp.start(settings.host(), settings.port(), workers, meters);
    }

    private static <T extends AutoCloseable> CompletableFuture<T> starting(Parts parts, Supplier<T> service) {
        return CompletableFuture.supplyAsync(() -> parts.keep(service.get()));
    }

    private static Servers servers(StandaloneConfig config) {
        Path dataDir = config.dataDir();
        return dataDir == null ? Servers.throwaway(config.servers()) : Servers.keptIn(dataDir, config.servers());
    }

    private static Path stateDir(StandaloneConfig config, Parts parts) {
        Path dataDir = config.dataDir();
        try {
            if (dataDir != null) {
                return Files.createDirectories(dataDir.resolve("state"));
            }
            Path stateDir = Files.createTempDirectory("earshot-state-");
            parts.keep(() -> Folders.deleteAll(stateDir));
            return stateDir;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for state can be made: " + e.getMessage(), e);
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

    /** A new key for the user of an address, who is made if not there. */
    Accounts.Access user(String email) {
        return new Accounts(adminUrl(), adminToken()).user(email, BOTS_AT_ONCE);
    }

    /** The topics, for readers beside the services. */
    public EventLog eventLog() {
        return eventLog;
    }

    /** Completes when the next chunk of audio is in Kafka. */
    CompletableFuture<Void> firstSound() {
        return eventLog.receive(eventLog.topics().audioChunks(), Subscription.everything(Subscription.From.LATEST))
                .next()
                .then()
                .toFuture();
    }

    /** {@code builtin}, or the name of the folder of another model. */
    String speechModel() {
        return Path.of(speechModel).getFileName().toString();
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

    @Override
    public void close() {
        parts.close();
    }
}
