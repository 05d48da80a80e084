package dev.earshot.segment.app;

import dev.earshot.eventlog.app.ServiceHttp;
import dev.earshot.segment.SegmentAggregator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** {@code GET /health} (503 once a part has ended) and {@code GET /metrics} of an aggregator. */
final class AggregatorHttp implements AutoCloseable {

    private final ServiceHttp server;

    private AggregatorHttp(ServiceHttp server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @throws IllegalArgumentException with a sentence when the port is taken
     */
    static AggregatorHttp start(String host, int port, SegmentAggregator aggregator, PrometheusMeterRegistry meters) {
        return new AggregatorHttp(
                ServiceHttp.start(host, port, "AGGREGATOR_PORT", () -> health(aggregator), meters::scrape));
    }

    /** The port served, which is another than asked for when that was 0. */
    int port() {
        return server.port();
    }

    private static ServiceHttp.Health health(SegmentAggregator aggregator) {
        return new ServiceHttp.Health(aggregator.trouble().orElse(null), Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
