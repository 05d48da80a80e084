package dev.earshot.asr.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.ModelInfo;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** {@code GET /health} (JSON; 503 while the worker does not take audio) and {@code GET /metrics} (Prometheus). */
public final class WorkerHttp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DisposableServer server;

    private WorkerHttp(DisposableServer server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @throws IllegalArgumentException with a sentence when the port is taken
     */
    public static WorkerHttp start(String host, int port, AsrWorkers workers, PrometheusMeterRegistry registry) {
        try {
            return new WorkerHttp(HttpServer.create()
                    .host(host)
                    .port(port)
                    .route(routes -> routes.get("/health", (request, response) -> health(response, workers))
                            .get("/metrics", (request, response) -> metrics(request, response, registry)))
                    .bindNow(Duration.ofSeconds(10)));
        } catch (ChannelBindException e) {
            throw new IllegalArgumentException(
                    "ASR_PORT: " + port + " on " + host + " is taken (expected: a free port, or 0 for any)", e);
        }
    }

    /** The port served, which is another than asked for when that was 0. */
    public int port() {
        return server.port();
    }

    private static Mono<Void> health(HttpServerResponse response, AsrWorkers workers) {
        String trouble = workers.trouble();
        ModelInfo model = workers.model();
        var body = new LinkedHashMap<String, Object>();
        body.put("status", trouble == null ? "UP" : "DOWN");
        if (trouble != null) {
            body.put("trouble", trouble);
        }
        body.put("model", model.name());
        body.put("model_hash", model.hash());
        body.put("provider", model.provider());
        if (model.notice() != null) {
            body.put("notice", model.notice());
        }
        try {
            return response.status(trouble == null ? 200 : 503)
                    .header("Content-Type", "application/json")
                    .sendString(Mono.just(JSON.writeValueAsString(body)))
                    .then();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    private static Mono<Void> metrics(
            HttpServerRequest request, HttpServerResponse response, PrometheusMeterRegistry registry) {
        return response.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .sendString(Mono.fromSupplier(registry::scrape))
                .then();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
