package dev.earshot.bot.app;

import dev.earshot.audio.metrics.MicrometerAudioEvents;
import dev.earshot.bot.BotFleet;
import dev.earshot.bot.BotFleetConfig;
import dev.earshot.bot.browser.ChromiumExecutable;
import dev.earshot.bot.domain.StayRules;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.eventlog.app.ServiceProcess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a node of the fleet until the process is told to end; it then leaves its meetings. */
@Command(
        name = "bot-fleet",
        description = "Join meetings in Chromium and put every participant's audio into Kafka.",
        mixinStandardHelpOptions = true)
public final class BotFleetCommand implements Callable<Integer> {

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    @Option(
            names = "--node",
            paramLabel = "ID",
            defaultValue = "${env:BOT_NODE:-}",
            description = "id of this node among the running ones; a new one each time when empty (BOT_NODE)")
    private String node = "";

    @Option(
            names = "--max-bots",
            paramLabel = "N",
            defaultValue = "${env:MAX_BOTS:-8}",
            description = "bots at a time; count one core and 1.5 GB for each (MAX_BOTS)")
    private int maxBots;

    @Option(
            names = "--chromium",
            paramLabel = "PATH",
            defaultValue = "${env:CHROMIUM_PATH:-}",
            description = "the browser; found on the PATH when empty (CHROMIUM_PATH)")
    private String chromium = "";

    @Option(
            names = "--headless",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "${env:HEADLESS:-true}",
            description = "whether the browser runs without a display (HEADLESS)")
    private boolean headless;

    @Option(
            names = "--claim-timeout-ms",
            paramLabel = "MS",
            defaultValue = "${env:CLAIM_TIMEOUT_MS:-15000}",
            description = "a node silent for so long is dead (CLAIM_TIMEOUT_MS)")
    private long claimTimeoutMs;

    @Option(
            names = "--order-patience-ms",
            paramLabel = "MS",
            defaultValue = "${env:ORDER_PATIENCE_MS:-600000}",
            description = "an order older than this is not taken up any more (ORDER_PATIENCE_MS)")
    private long orderPatienceMs;

    @Option(
            names = "--browser-silence-ms",
            paramLabel = "MS",
            defaultValue = "${env:BROWSER_SILENCE_MS:-10000}",
            description = "a page silent for so long is hung, and its browser is killed (BROWSER_SILENCE_MS)")
    private long browserSilenceMs;

    @Option(
            names = "--mock-bots",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "${env:MOCK_BOTS:-false}",
            description = "whether a bot named mock:SCENARIO plays that scenario and joins no meeting (MOCK_BOTS)")
    private boolean mockBots;

    @Option(
            names = "--private-meetings",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "${env:PRIVATE_MEETINGS:-false}",
            description =
                    "whether bots may be sent to Jitsi servers that are not of the public Internet (PRIVATE_MEETINGS)")
    private boolean privateMeetings;

    @Option(
            names = "--bot-host",
            paramLabel = "HOST",
            defaultValue = "${env:BOT_HOST:-127.0.0.1}",
            description = "where health and metrics are served (BOT_HOST)")
    private String host = "";

    @Option(
            names = "--bot-port",
            paramLabel = "PORT",
            defaultValue = "${env:BOT_PORT:-9094}",
            description = "port of health and metrics; 0 takes a free one (BOT_PORT)")
    private int port;

    public static void main(String[] arguments) {
        System.exit(Failures.said(new CommandLine(new BotFleetCommand())).execute(arguments));
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public BotFleetConfig toConfig() {
        return new BotFleetConfig(
                node.isBlank() ? "node-" + UUID.randomUUID() : node,
                maxBots,
                chromium.isBlank() ? null : chromium,
                headless,
                StayRules.DEFAULTS,
                Duration.ofMillis(claimTimeoutMs),
                Duration.ofMillis(orderPatienceMs),
                Duration.ofMillis(browserSilenceMs),
                mockBots,
                privateMeetings);
    }

    @Override
    public Integer call() throws Exception {
        BotFleetConfig config = toConfig();
        ChromiumExecutable.find(config.chromium());
        return process.run("bot-fleet", eventLog -> launch(config, eventLog));
    }

    private AutoCloseable launch(BotFleetConfig config, EventLog eventLog) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        BotFleet fleet = BotFleet.launch(config, eventLog, new MicrometerAudioEvents(meters));
        FleetHttp http;
        try {
            http = FleetHttp.start(host, port, fleet, config, meters);
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
        return () -> {
            // The last bots are still counted while they leave.
            fleet.close();
            http.close();
        };
    }
}
