package dev.earshot.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the public API with one key. Blocking; thread-safe. Every refusal is an {@link ApiException}. */
public final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL_TIMEOUT)
            .build();
    private final URI base;
    private final String keyHeader;
    private final String key;

    private ApiClient(URI base, String keyHeader, String key) {
        this.base = base;
        this.keyHeader = keyHeader;
        this.key = key;
    }

    /** A client that speaks as a user. */
    public static ApiClient forUser(URI base, String apiKey) {
        return new ApiClient(base, "X-API-Key", apiKey);
    }

    /** A client that speaks as the administrator. */
    public static ApiClient forAdmin(URI base, String adminToken) {
        return new ApiClient(base, "X-Admin-API-Key", adminToken);
    }

    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    public JsonNode post(String path, Map<String, ?> body) {
        return call("POST", path, body);
    }

    public JsonNode delete(String path) {
        return call("DELETE", path, null);
    }

    /**
     * Reads an event stream until it ends, the consumer throws, or the thread is interrupted.
     *
     * @param after cursor of the last event seen; null for all
     */
    public void follow(String path, @Nullable String after, Consumer<SseEvent> consumer) {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        try {
            HttpResponse<Stream<String>> response =
                    http.send(request.GET().build(), HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() == 204) {
                return;
            }
            if (response.statusCode() != 200) {
                throw new ApiException("GET " + path + " answered " + response.statusCode());
            }
            var parser = new SseParser();
            try (Stream<String> lines = response.body()) {
                lines.forEach(line -> parser.line(line).ifPresent(consumer));
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while following " + path, e);
        }
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        try {
            HttpRequest.BodyPublisher payload = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpRequest request = request(path)
                    .timeout(CALL_TIMEOUT)
                    .header("Content-Type", "application/json")
                    .method(method, payload)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new ApiException(
                        method + " " + path + " answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while calling " + path, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header(keyHeader, key);
    }

    private ApiException unreachable(IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new ApiException("the API at " + base + " cannot be reached (" + reason + ")", e);
    }
}
