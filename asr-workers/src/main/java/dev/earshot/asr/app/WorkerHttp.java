package dev.earshot.asr.app;

import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.WorkerLoad;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.eventlog.app.ServiceHttp;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;

/** {@code GET /health} (JSON; 503 while the worker does not take audio) and {@code GET /metrics} (Prometheus). */
public final class WorkerHttp implements AutoCloseable {

    private final ServiceHttp server;

    private WorkerHttp(ServiceHttp server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @throws IllegalArgumentException with a sentence when the port is taken
     */
    public static WorkerHttp start(String host, int port, AsrWorkers workers, PrometheusMeterRegistry registry) {
        return new WorkerHttp(ServiceHttp.start(host, port, "ASR_PORT", () -> health(workers), registry::scrape));
    }

    /** The port served, which is another than asked for when that was 0. */
    public int port() {
        return server.port();
    }

    private static ServiceHttp.Health health(AsrWorkers workers) {
        ModelInfo model = workers.model();
        var details = new LinkedHashMap<String, Object>();
        details.put("model", model.name());
        details.put("model_hash", model.hash());
        details.put("provider", model.provider());
        if (model.whyNotGpu() != null) {
            details.put("why_not_gpu", model.whyNotGpu());
        }
        WorkerLoad load = workers.load();
        details.put("tracks", load.tracks());
        details.put("lag_seconds", load.lag().toMillis() / 1000.0);
        details.put("backlog_seconds", load.backlogSeconds());
        if (model.notice() != null) {
            details.put("notice", model.notice());
        }
        return new ServiceHttp.Health(workers.trouble(), details);
    }

    @Override
    public void close() {
        server.close();
    }
}
