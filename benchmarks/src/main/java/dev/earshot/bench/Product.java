package dev.earshot.bench;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.eventlog.EventLog;
import dev.earshot.localstack.LocalStack;
import dev.earshot.segment.SegmentAggregator;
import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.postgres.DatabaseUrl;
import dev.earshot.segment.streams.SegmentStream;
import dev.earshot.standalone.client.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The product as it is measured: an {@link ApiStage} with one ASR worker and the aggregator in this process, and one user.
 * No bots: the benchmark brings the audio. Closed in reverse order.
 */
public final class Product implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY_BOTS = 100_000;

    private final ApiStage stage;
    private final ApiClient user;
    private String model = "in a process of its own";

    private Product(ApiStage stage) {
        this.stage = stage;
        this.user = stage.client(stage.key(MANY_BOTS));
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
        ApiStage stage = ApiStage.start();
        try {
            return new Product(stage);
        } catch (Throwable e) {
            stage.close();
            throw e;
        }
    }

    /** Adds the aggregator. */
    public void launchAggregator() {
        stage.keep(SegmentAggregator.launch(aggregator(scratch().resolve("state")), log()));
    }

    /** Adds a worker. */
    public void launchWorker(AsrConfig asr) {
        model = stage.keep(AsrWorkers.launch(asr, log(), AsrEvents.NOOP))
                .model()
                .name();
    }

    private SegmentAggregatorConfig aggregator(Path folder) {
        // As the aggregator's own command has it.
        var stream = new SegmentStream.Settings(folder, 1, Duration.ofMillis(30), Duration.ofMillis(200));
        return new SegmentAggregatorConfig(
                SegmentRules.DEFAULTS, stream, DatabaseUrl.parse(databaseUrl()), stack().redisUrl(), PATIENCE);
    }

    /** The topics. */
    public EventLog log() {
        return stage.log();
    }

    /** The API, as a user of it. */
    public ApiClient api() {
        return user;
    }

    /** The servers, for those who take them away. */
    public LocalStack stack() {
        return stage.stack();
    }

    /** A folder that is thrown away at the end. */
    public Path scratch() {
        return stage.scratch();
    }

    /** {@code postgresql://user:password@host:port/database}. */
    public String databaseUrl() {
        return stack().databaseUrl();
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

    @Override
    public void close() {
        stage.close();
    }
}
