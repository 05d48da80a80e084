package dev.earshot.standalone;

import dev.earshot.api.IngressApiConfig;
import dev.earshot.api.app.IngressApiCommand;
import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.audio.AudioIngestConfig;
import dev.earshot.audio.app.AudioIngestCommand;
import dev.earshot.bot.BotFleetConfig;
import dev.earshot.bot.app.BotFleetCommand;
import dev.earshot.eventlog.app.TopicOptions;
import dev.earshot.schema.Topics;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.app.SegmentAggregatorCommand;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * The configuration of each service inside this process: what this process decides is given as options, the rest comes from
 * the service's own environment variables and defaults, so that a setting means the same here as in a process of its own.
 */
final class ServiceSettings {

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
        asr.toConfig();
        try {
            asr.prepareModel(System.err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a speech model was fetched", e);
        }
        return asr;
    }

    AudioIngestConfig audioIngest() {
        return parsed(new AudioIngestCommand(), "--audio-port=" + config.ports().audio(), "--audio-host=127.0.0.1")
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

    private static <C> C parsed(C command, String... options) {
        new CommandLine(command).parseArgs(options);
        return command;
    }
}
