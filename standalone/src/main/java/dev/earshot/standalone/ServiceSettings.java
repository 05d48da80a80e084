package dev.earshot.standalone;

import dev.earshot.api.IngressApiConfig;
import dev.earshot.asr.AsrConfig;
import dev.earshot.bot.BotFleetConfig;
import dev.earshot.bot.domain.StayRules;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.app.SegmentAggregatorCommand;
import java.nio.file.Path;
import java.time.Duration;
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

    SegmentAggregatorConfig aggregator() {
        return parsed(
                        new SegmentAggregatorCommand(),
                        "--database=" + servers.postgres(),
                        "--redis=" + servers.redis(),
                        "--aggregator-state=" + stateDir.resolve("segment-aggregator"))
                .toConfig();
    }

    AsrConfig asr() {
        return AsrConfig.defaults();
    }

    BotFleetConfig bots() {
        return new BotFleetConfig(
                "standalone-" + ProcessHandle.current().pid(),
                8,
                System.getenv("CHROMIUM_PATH"),
                true,
                new StayRules(
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(2),
                        Duration.ofHours(2)),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));
    }

    IngressApiConfig api() {
        return new IngressApiConfig(
                "127.0.0.1",
                config.apiPort(),
                config.adminPort(),
                servers.postgres(),
                servers.redis(),
                config.adminToken(),
                config.demoPlatform(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(90));
    }

    private static <C> C parsed(C command, String... options) {
        new CommandLine(command).parseArgs(options);
        return command;
    }
}
