package dev.earshot.eventlog.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What a service without an API says of itself: {@code GET /health} (JSON; 503 while it does not do its work) and {@code GET
 * /metrics} (Prometheus). Both are asked on the server's own threads and must answer at once.
 */
public final class ServiceHttp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * How a service is.
     *
     * @param trouble why it does not do its work, as a sentence; null while it does
     * @param details what else there is to say: strings, numbers, booleans
     */
    public record Health(@Nullable String trouble, Map<String, ?> details) {}

    private final DisposableServer server;

    private ServiceHttp(DisposableServer server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @param port 0 takes a free one
     * @param portSetting the variable that sets the port, for the sentence that complains about it
     * @param metrics in Prometheus' text format
     * @throws IllegalArgumentException with a sentence when the port is taken
     */
    public static ServiceHttp start(
            String host, int port, String portSetting, Supplier<Health> health, Supplier<String> metrics) {
        try {
            return new ServiceHttp(HttpServer.create()
                    .host(host)
                    .port(port)
                    .route(routes -> routes.get("/health", (request, response) -> answer(response, health.get()))
                            .get("/metrics", (request, response) -> response.header(
                                            "Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                                    .sendString(Mono.fromSupplier(metrics))))
                    .bindNow(PATIENCE));
        } catch (ChannelBindException e) {
            throw new IllegalArgumentException(
                    portSetting + ": " + port + " on " + host + " is taken (expected: a free port, or 0 for any)", e);
        }
    }

    /** The port served, which is another than asked for when that was 0. */
    public int port() {
        return server.port();
    }

    private static Mono<Void> answer(HttpServerResponse response, Health health) {
        var body = new LinkedHashMap<String, Object>();
        boolean isUp = health.trouble() == null;
        body.put("status", isUp ? "UP" : "DOWN");
        if (!isUp) {
            body.put("trouble", health.trouble());
        }
        body.putAll(health.details());
        try {
            return response.status(isUp ? 200 : 503)
                    .header("Content-Type", "application/json")
                    .sendString(Mono.just(JSON.writeValueAsString(body)))
                    .then();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers are always JSON", e);
        }
    }

    @Override
    public void close() {
        server.disposeNow(PATIENCE);
    }
}
