package dev.earshot.standalone;

import dev.earshot.api.IngressApiConfig;
import dev.earshot.api.app.IngressApiCommand;
import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.audio.AudioIngestConfig;
import dev.earshot.audio.app.AudioIngestCommand;
import dev.earshot.bot.BotFleetConfig;
import dev.earshot.bot.app.BotFleetCommand;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.app.ServiceProcess;
import dev.earshot.eventlog.app.TopicOptions;
import dev.earshot.schema.Topics;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.app.SegmentAggregatorCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The configuration of each service inside this process: what this process decides is given as options, the rest comes from
 * the service's own environment variables and defaults, so that a setting means the same here as in a process of its own.
 */
final class ServiceSettings {

    /** A process on somebody's desk serves that machine, unless it is told to serve others. */
    private static final String LOOPBACK = "127.0.0.1";

    /** A person waits. */
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(10);

    private final StandaloneConfig config;
    private final Servers servers;
    private final Path stateDir;

    ServiceSettings(StandaloneConfig config, Servers servers, Path stateDir) {
        this.config = config;
        this.servers = servers;
        this.stateDir = stateDir;
    }

    /** The catalogue as the environment has it: an outside Kafka may have other partition counts than the defaults. */
    static Topics topics() {
        return parsed(new TopicOptions()).toTopics();
    }

    /** Throws IllegalArgumentException with a sentence unless the settings of Kafka clients fit the servers. */
    static void requireUsable(ServerAddresses servers) {
        boolean isOwnRegistryOnOutsideKafka = servers.kafka() != null && servers.registry() == null;
        if (isOwnRegistryOnOutsideKafka
                && !parsed(new ServiceProcess()).clientSettings().isEmpty()) {
            throw new IllegalArgumentException("SCHEMA_REGISTRY_URL: not set (expected: a registry of your own beside"
                    + " KAFKA_CLIENT_SETTINGS; the embedded one reaches Kafka without them)");
        }
    }

    /** The log on these servers. Settings of clients and copies of topics are for a Kafka that is not our own. */
    static EventLog openLog(Servers servers) {
        var options = new ArrayList<>(List.of("--kafka=" + servers.kafka(), "--registry=" + servers.registry()));
        if (!servers.isKafkaOutside()) {
            options.addAll(List.of("--kafka-settings=", "--replication=" + EventLogConfig.BROKERS_DEFAULT));
        }
        ServiceProcess log = parsed(new ServiceProcess(), options.toArray(String[]::new));
        return EventLog.open(log.logConfig("earshot").withStartTimeout(LOG_PATIENCE), log.topics());
    }

    SegmentAggregatorConfig aggregator() {
        return parsed(
                        new SegmentAggregatorCommand(),
                        "--database=" + servers.postgres(),
                        "--redis=" + servers.redis(),
                        "--aggregator-state=" + stateDir.resolve("segment-aggregator"))
                .toConfig();
    }

    /** Recognition with its model fetched and looked at. */
    static AsrWorkersCommand preparedAsr(StandaloneConfig config) {
        AsrWorkersCommand asr =
                parsed(new AsrWorkersCommand(), "--asr-port=" + config.ports().asr());
        try {
            asr.prepare(System.err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a speech model was fetched", e);
        }
        return asr;
    }

    AudioIngestConfig audioIngest() {
        String host = System.getenv().getOrDefault("AUDIO_HOST", LOOPBACK);
        return parsed(new AudioIngestCommand(), "--audio-port=" + config.ports().audio(), "--audio-host=" + host)
                .toConfig();
    }

    BotFleetConfig bots() {
        // A node of its own each time: what a killed run has claimed is not ours.
        String node = "--node=standalone-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
        BotFleetCommand command = config.demoPlatform()
                ? parsed(new BotFleetCommand(), node, "--mock-bots=true")
                : parsed(new BotFleetCommand(), node);
        return command.toConfig();
    }

    IngressApiConfig api() {
        return parsed(
                        new IngressApiCommand(),
                        "--database=" + servers.postgres(),
                        "--redis=" + servers.redis(),
                        "--api-port=" + config.ports().api(),
                        "--admin-port=" + config.ports().admin(),
                        "--admin-api-token=" + config.adminToken(),
                        "--demo-platform=" + config.demoPlatform())
                .toConfig();
    }

    /** A service's command as the environment and these options have it. */
    static <C> C parsed(C command, String... options) {
        new CommandLine(command).parseArgs(options);
        return command;
    }
}
