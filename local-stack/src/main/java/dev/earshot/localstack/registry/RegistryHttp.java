package dev.earshot.localstack.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** Carries requests to {@link RegistryRoutes} and its answers back, on one event loop of its own. */
final class RegistryHttp implements AutoCloseable {

    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String HOST = "127.0.0.1";

    private final DisposableServer server;
    private final LoopResources loops;

    private RegistryHttp(DisposableServer server, LoopResources loops) {
        this.server = server;
        this.loops = loops;
    }

    static RegistryHttp start(int port, RegistryRoutes routes) {
        LoopResources loops = LoopResources.create("schema-registry", 1, true);
        try {
            DisposableServer server = HttpServer.create()
                    .host(HOST)
                    .port(port)
                    .runOn(loops)
                    .handle((request, response) -> handle(routes, request, response))
                    .bindNow();
            return new RegistryHttp(server, loops);
        } catch (RuntimeException e) {
            loops.dispose();
            throw e;
        }
    }

    String url() {
        return "http://" + HOST + ":" + server.port();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(3));
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(3)).block(Duration.ofSeconds(5));
    }

    private static Publisher<Void> handle(
            RegistryRoutes routes, HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .flatMap(body -> Mono.fromCallable(() -> answer(routes, request, body))
                        // The log is read and written with blocking clients.
                        .subscribeOn(Schedulers.boundedElastic()))
                .flatMap(answer -> response.status(answer.status())
                        .header("Content-Type", CONTENT_TYPE)
                        .sendString(Mono.just(answer.body().toString()))
                        .then());
    }

    private static Answer answer(RegistryRoutes routes, HttpServerRequest request, String body) {
        try {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            List<String> path = Arrays.stream(uri.rawPath().split("/", -1))
                    .filter(segment -> !segment.isEmpty())
                    .map(QueryStringDecoder::decodeComponent)
                    .toList();
            return new Answer(
                    200,
                    routes.answer(new RegistryRoutes.Request(request.method().name(), path, uri.parameters(), body)));
        } catch (RegistryException e) {
            return error(e.status(), e.code(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return error(400, 400, "HTTP 400 Bad Request: " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("request failed method={} uri={}", request.method(), request.uri(), e);
            return error(500, 50001, "Error in the schema registry: " + e.getMessage());
        }
    }

    private static Answer error(int status, int code, String message) {
        return new Answer(
                status,
                JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message));
    }

    private record Answer(int status, JsonNode body) {}
}
