package dev.earshot.bench;

import dev.earshot.api.ApiRules;
import dev.earshot.api.IngressApi;
import dev.earshot.api.IngressApiConfig;
import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.segment.SegmentAggregator;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.postgres.DatabaseUrl;
import dev.earshot.segment.streams.SegmentStream;
import dev.earshot.standalone.client.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;

/**
 * The product as it is measured: broker, registry, Postgres, Redis, one ASR worker, aggregator and API in this process, on
 * loopback and thrown away at the end. No bots: the benchmark brings the audio. Closed in reverse order.
 */
public final class Product implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final LocalStackConfig stackConfig = LocalStackConfig.ephemeral();
    private final LocalStack stack;
    private final EventLog log;
    private final ApiClient user;
    private String model = "in a process of its own";

    private Product() {
        try {
            stack = keep(LocalStack.start(stackConfig));
            log = keep(EventLog.open(
                    EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "bench"),
                    Topics.defaults()));
            log.createTopics();
            String adminToken = UUID.randomUUID().toString();
            IngressApi api = keep(IngressApi.launch(api(adminToken), log));
            user = user(api, adminToken);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Starts everything; some seconds. */
    public static Product start(AsrConfig asr) {
        Product product = withoutServices();
        try {
            product.launchAggregator();
            product.launchWorker(asr);
            return product;
        } catch (Throwable e) {
            product.close();
            throw e;
        }
    }

    /** Starts the servers and the API alone; some seconds. */
    public static Product withoutServices() {
        return new Product();
    }

    /** Adds the aggregator. */
    public void launchAggregator() {
        keep(SegmentAggregator.launch(aggregator(stackConfig.dataDir().resolve("state")), log));
    }

    /** Adds a worker. */
    public void launchWorker(AsrConfig asr) {
        model = keep(AsrWorkers.launch(asr, log, AsrEvents.NOOP)).model().name();
    }

    private SegmentAggregatorConfig aggregator(Path folder) {
        // As the aggregator's own command has it.
        var stream = new SegmentStream.Settings(folder, 1, Duration.ofMillis(30), Duration.ofMillis(200));
        return new SegmentAggregatorConfig(
                SegmentRules.DEFAULTS, stream, DatabaseUrl.parse(stack.databaseUrl()), stack.redisUrl(), PATIENCE);
    }

    private IngressApiConfig api(String adminToken) {
        return new IngressApiConfig(
                "127.0.0.1",
                0,
                0,
                stack.databaseUrl(),
                stack.redisUrl(),
                adminToken,
                new ApiRules(false, false, Duration.ofHours(6), Duration.ofHours(6), Duration.ofHours(6), 0, 0, 0));
    }

    private static ApiClient user(IngressApi api, String adminToken) {
        var admin = ApiClient.forAdmin(URI.create("http://127.0.0.1:" + api.adminPort()), adminToken);
        long id = admin.post("/admin/users", Map.of("email", "bench@localhost", "max_concurrent_bots", 100_000))
                .path("id")
                .asLong();
        String key = admin.post("/admin/users/" + id + "/tokens?scopes=bot,tx", Map.of())
                .path("token")
                .asText();
        return ApiClient.forUser(URI.create("http://127.0.0.1:" + api.port()), key);
    }

    /** The topics. */
    public EventLog log() {
        return log;
    }

    /** The API, as a user of it. */
    public ApiClient api() {
        return user;
    }

    /** The servers, for those who take them away. */
    public LocalStack stack() {
        return stack;
    }

    /** A folder that is thrown away at the end. */
    public Path scratch() {
        return stackConfig.dataDir();
    }

    /** {@code postgresql://user:password@host:port/database}. */
    public String databaseUrl() {
        return stack.databaseUrl();
    }

    /** Name of the model that decodes. */
    public String model() {
        return model;
    }

    /** Asks for a bot, which nobody will send, and so makes a meeting. Returns its id. */
    public long newMeeting(String name) {
        return user.post("/bots", Map.of("platform", "google_meet", "native_meeting_id", name))
                .path("id")
                .asLong();
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("not closed cleanly: " + e);
            }
        }
    }
}
