package dev.earshot.eventlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of the four calls that a serde needs of a registry: register, fetch by id, set the compatibility rule, and ask
 * whether it is there. Blocking; thread-safe.
 *
 * <p>Source: Confluent Schema Registry API v1 ({@code application/vnd.schemaregistry.v1+json}).
 */
final class SchemaRegistry {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final long RETRY_PAUSE_MS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String url;
    private final Duration patience;
    private final @Nullable String authorization;

    /**
     * Touches no server.
     *
     * @param address {@code http://[user:password@]host:port[/path]}
     * @param patience how long a call may take, and how long {@link #check} waits for a registry that is still starting
     */
    SchemaRegistry(String address, Duration patience) {
        URI uri = URI.create(address);
        String user = uri.getUserInfo();
        this.authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        this.url =
                (uri.getScheme() + "://" + withoutUser(uri.getRawAuthority()) + uri.getRawPath()).replaceAll("/+$", "");
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /** Registers a schema, or finds the one that is already there. Returns its id. */
    int register(String subject, Schema schema) {
        JsonNode answer =
                call("POST", "/subjects/" + encode(subject) + "/versions", Map.of("schema", schema.toString()));
        return answer.get("id").intValue();
    }

    /** The schema behind an id found in a record; throws {@link MalformedRecordException} when there is none. */
    Schema schema(int id) {
        return new Schema.Parser()
                .parse(call("GET", "/schemas/ids/" + id, null).path("schema").asText());
    }

    /** Sets the rule that new versions of a subject are held to. */
    void setCompatibility(String subject, String level) {
        call("PUT", "/config/" + encode(subject), Map.of("compatibility", level));
    }

    /** Throws if the registry does not answer in time. */
    void check() {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                call("GET", "/subjects", null);
                return;
            } catch (EventLogException e) {
                boolean mayStillStart = e.getCause() instanceof ConnectException;
                if (!mayStillStart || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        try {
            HttpResponse<String> response =
                    http.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw refusal(path, response);
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new EventLogException(
                    "schema registry not reachable at " + url + " (" + reason(e) + "); is it running, and is"
                            + " SCHEMA_REGISTRY_URL right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("interrupted while asking the schema registry at " + url, e);
        }
    }

    private HttpRequest request(String method, String path, @Nullable Object body) throws JsonProcessingException {
        var payload = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("Content-Type", CONTENT_TYPE)
                .header("Accept", CONTENT_TYPE)
                .method(method, payload);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private RuntimeException refusal(String path, HttpResponse<String> response) {
        int code = 0;
        String message = response.body();
        try {
            JsonNode error = JSON.readTree(response.body());
            code = error.path("error_code").asInt();
            message = error.path("message").asText(message);
        } catch (JsonProcessingException e) {
            // A proxy's page rather than the registry's answer: shown as it is.
        }
        String sentence = "schema registry " + url + path + " answered " + response.statusCode() + ": " + message;
        return code == SCHEMA_NOT_FOUND ? new MalformedRecordException(sentence) : new EventLogException(sentence);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("interrupted while waiting for the schema registry at " + url, e);
        }
    }

    private static String withoutUser(String authority) {
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
