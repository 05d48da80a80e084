package dev.earshot.api.webhook;

import dev.earshot.api.domain.WebhookSettings;
import dev.earshot.api.domain.WebhookSignature;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Sends one event to one server. Follows no redirect and keeps no connection. Thread-safe. */
public final class WebhookSender {

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int LONGEST_ERROR = 200;

    /** What came of it. */
    public sealed interface Result {

        /** The server took it. */
        record Taken(int status) implements Result {}

        /**
         * It may be tried again.
         *
         * @param status HTTP status; null when there was no answer
         * @param asked the pause that the server asked for; zero when it asked for none
         */
        record Later(@Nullable Integer status, String error, Duration asked) implements Result {}

        /** The server does not want it. */
        record Refused(int status, String error) implements Result {}

        /** We do not go there. */
        record Blocked(String error) implements Result {}
    }

    private final PublicTargets targets;
    private final HttpClient client;
    private final Clock clock;

    public WebhookSender(PublicTargets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
        this.client = HttpClient.create(ConnectionProvider.newConnection())
                .resolver(targets.resolver())
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .responseTimeout(PATIENCE);
    }

    /** Sends an event; never an error. */
    Mono<Result> send(WebhookSettings settings, String eventId, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Map<String, String> proof = WebhookSignature.headers(settings.secret(), eventId, Instant.now(clock), body);
        // An address needs no resolver, so it is checked here; a name is checked again when it is resolved.
        return targets.checked(settings.url().getHost())
                .then(client.headers(headers -> head(headers, proof))
                        .post()
                        .uri(settings.url())
                        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                        .response()
                        .map(response -> result(response.status().code(), response.responseHeaders())))
                .timeout(PATIENCE.plusMillis(CONNECT_TIMEOUT_MS))
                .onErrorResume(error -> Mono.just(failure(error)));
    }

    private static void head(HttpHeaders headers, Map<String, String> proof) {
        headers.set("Content-Type", "application/json");
        headers.set("User-Agent", "Earshot-Webhooks/1");
        proof.forEach(headers::set);
    }

    private static Result result(int status, HttpHeaders headers) {
        if (status >= 200 && status < 300) {
            return new Result.Taken(status);
        }
        String error = "the server answered " + status;
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS
                ? new Result.Later(status, error, retryAfter(headers.get("Retry-After")))
                : new Result.Refused(status, error);
    }

    private static Duration retryAfter(@Nullable String header) {
        return header != null && header.matches("\\d{1,5}")
                ? Duration.ofSeconds(Long.parseLong(header))
                : Duration.ZERO;
    }

    private static Result failure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BlockedTargetException) {
                return new Result.Blocked(String.valueOf(cause.getMessage()));
            }
        }
        String text = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return new Result.Later(null, text.substring(0, Math.min(LONGEST_ERROR, text.length())), Duration.ZERO);
    }
}
