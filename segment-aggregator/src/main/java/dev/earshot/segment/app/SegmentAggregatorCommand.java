package dev.earshot.segment.app;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.eventlog.app.ServiceProcess;
import dev.earshot.segment.SegmentAggregator;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.metrics.MicrometerAggregatorEvents;
import dev.earshot.segment.postgres.DatabaseUrl;
import dev.earshot.segment.streams.SegmentStream;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the aggregator until the process is told to end. */
@Command(
        name = "segment-aggregator",
        description = "Turn hypotheses into the transcript: Kafka in; Kafka, PostgreSQL and Redis out.",
        mixinStandardHelpOptions = true)
public final class SegmentAggregatorCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TICK_INTERVAL = Duration.ofMillis(200);

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

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
            names = "--immutability-window-ms",
            paramLabel = "MS",
            defaultValue = "${env:IMMUTABILITY_WINDOW_MS:-2000}",
            description = "from a final to its confirmation (IMMUTABILITY_WINDOW_MS)")
    private long immutabilityWindowMs;

    @Option(
            names = "--immutability-threshold",
            paramLabel = "SECONDS",
            defaultValue = "${env:IMMUTABILITY_THRESHOLD:-30}",
            description = "until an utterance is confirmed that got no final when its worker went past it"
                    + " (IMMUTABILITY_THRESHOLD)")
    private long immutabilityThreshold;

    @Option(
            names = "--session-patience",
            paramLabel = "SECONDS",
            defaultValue = "${env:SESSION_PATIENCE:-300}",
            description = "how long audio that nobody accounts for is waited for: a session that ended, an utterance"
                    + " whose worker is silent (SESSION_PATIENCE)")
    private long sessionPatience;

    @Option(
            names = "--aggregator-threads",
            paramLabel = "N",
            defaultValue = "${env:AGGREGATOR_THREADS:-1}",
            description = "threads that share the meetings (AGGREGATOR_THREADS)")
    private int threads;

    @Option(
            names = "--commit-interval-ms",
            paramLabel = "MS",
            defaultValue = "${env:COMMIT_INTERVAL_MS:-30}",
            description = "confirmed text waits for its transaction at most so long (COMMIT_INTERVAL_MS)")
    private long commitIntervalMs;

    @Option(
            names = "--aggregator-state",
            paramLabel = "DIR",
            defaultValue = "${env:AGGREGATOR_STATE:-.earshot/segment-aggregator}",
            description = "folder of local state; it can be had again from Kafka (AGGREGATOR_STATE)")
    private Path state = Path.of("");

    @Option(
            names = "--aggregator-host",
            paramLabel = "HOST",
            defaultValue = "${env:AGGREGATOR_HOST:-127.0.0.1}",
            description = "where health and metrics are served (AGGREGATOR_HOST)")
    private String host = "";

    @Option(
            names = "--aggregator-port",
            paramLabel = "PORT",
            defaultValue = "${env:AGGREGATOR_PORT:-9095}",
            description = "port of health and metrics; 0 takes a free one (AGGREGATOR_PORT)")
    private int port;

    @Option(
            names = "--transcript-filter",
            paramLabel = "RULES",
            defaultValue = "${env:TRANSCRIPT_FILTER:-standard}",
            description = "what is no speech: none, standard, strict, or a file of rules that may change while we run"
                    + " (TRANSCRIPT_FILTER)")
    private String filter = "";

    @Option(
            names = "--keep-filtered",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "${env:KEEP_FILTERED:-false}",
            description = "whether text that the filter keeps out goes to the topic asr.filtered.v1 (KEEP_FILTERED)")
    private boolean keepFiltered;

    public static void main(String[] arguments) {
        System.exit(
                Failures.said(new CommandLine(new SegmentAggregatorCommand())).execute(arguments));
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public SegmentAggregatorConfig toConfig() {
        return new SegmentAggregatorConfig(
                new SegmentRules(
                        Duration.ofMillis(immutabilityWindowMs),
                        Duration.ofSeconds(immutabilityThreshold),
                        Duration.ofSeconds(sessionPatience),
                        SegmentRules.DEFAULTS.abandonedAfter()),
                new SegmentStream.Settings(
                        state, threads, Duration.ofMillis(commitIntervalMs), TICK_INTERVAL, keepFiltered),
                DatabaseUrl.parse(database),
                redis,
                START_TIMEOUT,
                filter);
    }

    @Override
    public Integer call() throws Exception {
        SegmentAggregatorConfig config = toConfig();
        return process.run("segment-aggregator", eventLog -> launch(config, eventLog));
    }

    private AutoCloseable launch(SegmentAggregatorConfig config, EventLog eventLog) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var aggregator = SegmentAggregator.launch(config, eventLog, new MicrometerAggregatorEvents(meters));
        try {
            aggregator.check();
            AggregatorHttp http = AggregatorHttp.start(host, port, aggregator, meters);
            return () -> {
                http.close();
                aggregator.close();
            };
        } catch (RuntimeException e) {
            aggregator.close();
            throw e;
        }
    }
}
