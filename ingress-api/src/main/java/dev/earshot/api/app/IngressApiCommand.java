package dev.earshot.api.app;

import dev.earshot.api.ApiRules;
import dev.earshot.api.IngressApi;
import dev.earshot.api.IngressApiConfig;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.eventlog.app.ServiceProcess;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the API until the process is told to end. */
@Command(
        name = "ingress-api",
        description = "Serve accounts, bots, meetings, transcripts, live feeds and the page.",
        mixinStandardHelpOptions = true)
public final class IngressApiCommand implements Callable<Integer> {

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Option(
            names = "--redis",
            paramLabel = "URL",
            defaultValue = "${env:REDIS_URL:-redis://localhost:6379/0}",
            description = "Redis, redis://host:port/database (REDIS_URL)")
    private String redis = "";

    @Option(
            names = "--api-host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:API_HOST:-127.0.0.1}",
            description = "address that both ports listen on; 0.0.0.0 for all (API_HOST)")
    private String host = "";

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "${env:API_PORT:-8056}",
            description = "port of the API, its documentation and the page (API_PORT)")
    private int port;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADMIN_PORT:-8057}",
            description = "port of administration and metrics (ADMIN_PORT)")
    private int adminPort;

    @Option(
            names = "--admin-api-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:ADMIN_API_TOKEN:-}",
            description = "what X-Admin-API-Key must say, the same on all nodes (ADMIN_API_TOKEN)")
    private String adminToken = "";

    @Option(
            names = "--demo-platform",
            paramLabel = "BOOLEAN",
            arity = "1",
            defaultValue = "${env:DEMO_PLATFORM:-false}",
            description = "whether bots may be sent to meeting pages on this machine (DEMO_PLATFORM)")
    private boolean demoPlatform;

    @Option(
            names = "--private-webhooks",
            paramLabel = "BOOLEAN",
            arity = "1",
            defaultValue = "${env:PRIVATE_WEBHOOKS:-false}",
            description =
                    "whether webhooks may lead to addresses that are not of the public Internet (PRIVATE_WEBHOOKS)")
    private boolean privateWebhooks;

    @Option(
            names = "--private-meetings",
            paramLabel = "BOOLEAN",
            arity = "1",
            defaultValue = "${env:PRIVATE_MEETINGS:-false}",
            description =
                    "whether bots may be sent to Jitsi servers that are not of the public Internet (PRIVATE_MEETINGS)")
    private boolean privateMeetings;

    @Option(
            names = "--bot-answer-timeout",
            paramLabel = "SECONDS",
            defaultValue = "${env:BOT_ANSWER_TIMEOUT:-60}",
            description = "a meeting whose bot has not said a word by then has failed (BOT_ANSWER_TIMEOUT)")
    private long botAnswerTimeout;

    @Option(
            names = "--bot-stop-timeout",
            paramLabel = "SECONDS",
            defaultValue = "${env:BOT_STOP_TIMEOUT:-90}",
            description =
                    "a meeting whose bot is still there so long after it was called back is over (BOT_STOP_TIMEOUT)")
    private long botStopTimeout;

    @Option(
            names = "--bot-lost-timeout",
            paramLabel = "SECONDS",
            defaultValue = "${env:BOT_LOST_TIMEOUT:-180}",
            description = "a meeting whose bot nobody has heard of for so long is over (BOT_LOST_TIMEOUT)")
    private long botLostTimeout;

    @Option(
            names = "--rate-limit-rpm",
            paramLabel = "REQUESTS",
            defaultValue = "${env:RATE_LIMIT_RPM:-120}",
            description = "requests per minute of one API key, at one node; 0 for any number (RATE_LIMIT_RPM)")
    private int requestsPerMinute;

    @Option(
            names = "--rate-limit-admin-rpm",
            paramLabel = "REQUESTS",
            defaultValue = "${env:RATE_LIMIT_ADMIN_RPM:-30}",
            description = "administration requests per minute, at one node; 0 for any number (RATE_LIMIT_ADMIN_RPM)")
    private int adminRequestsPerMinute;

    @Option(
            names = "--rate-limit-ws-rpm",
            paramLabel = "SOCKETS",
            defaultValue = "${env:RATE_LIMIT_WS_RPM:-20}",
            description = "WebSockets per minute that one API key may open, at one node; 0 for any number"
                    + " (RATE_LIMIT_WS_RPM)")
    private int socketsPerMinute;

    public static void main(String[] arguments) {
        System.exit(Failures.said(new CommandLine(new IngressApiCommand())).execute(arguments));
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public IngressApiConfig toConfig() {
        return new IngressApiConfig(
                host,
                port,
                adminPort,
                database.text(),
                redis,
                adminToken,
                new ApiRules(
                        demoPlatform,
                        privateWebhooks,
                        privateMeetings,
                        Duration.ofSeconds(botAnswerTimeout),
                        Duration.ofSeconds(botStopTimeout),
                        Duration.ofSeconds(botLostTimeout),
                        requestsPerMinute,
                        adminRequestsPerMinute,
                        socketsPerMinute));
    }

    @Override
    public Integer call() throws Exception {
        IngressApiConfig config = toConfig();
        return process.run("ingress-api", eventLog -> IngressApi.launch(config, eventLog));
    }
}
