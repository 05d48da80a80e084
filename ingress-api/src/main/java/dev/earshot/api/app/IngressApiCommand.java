package dev.earshot.api.app;

import dev.earshot.api.IngressApi;
import dev.earshot.api.IngressApiConfig;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the API until the process is told to end. */
@Command(
        name = "ingress-api",
        description = "Serve accounts, bots, meetings, transcripts, live feeds and the page.",
        mixinStandardHelpOptions = true)
public final class IngressApiCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Kafka's bootstrap servers (KAFKA_BOOTSTRAP_SERVERS)")
    private String kafka = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "${env:SCHEMA_REGISTRY_URL:-http://localhost:8081}",
            description = "registry with the Confluent REST API (SCHEMA_REGISTRY_URL)")
    private String registry = "";

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:DATABASE_URL:-postgresql://earshot:earshot@localhost:5432/earshot}",
            description = "PostgreSQL, postgresql://user:password@host:port/database (DATABASE_URL)")
    private String database = "";

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

    /** Runs the service alone. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IngressApiCommand()).execute(arguments));
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public IngressApiConfig toConfig() {
        return new IngressApiConfig(
                host,
                port,
                adminPort,
                database,
                redis,
                adminToken,
                demoPlatform,
                Duration.ofSeconds(botAnswerTimeout),
                Duration.ofSeconds(botStopTimeout));
    }

    @Override
    public Integer call() throws InterruptedException {
        IngressApiConfig config = toConfig();
        var logConfig = new EventLogConfig(kafka, registry, "ingress-api", START_TIMEOUT, (short) 1, Map.of());
        try (EventLog eventLog = EventLog.open(logConfig, Topics.defaults())) {
            eventLog.check();
            try (IngressApi api = IngressApi.launch(config, eventLog)) {
                awaitTermination();
            }
        }
        return 0;
    }

    /** Returns when the process is told to end, and keeps it alive until everything above is closed. */
    private static void awaitTermination() throws InterruptedException {
        var asked = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            try {
                                main.join(START_TIMEOUT.toMillis());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "ingress-api-close"));
        asked.await();
    }
}
