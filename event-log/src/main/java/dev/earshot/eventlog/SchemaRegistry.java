package dev.earshot.eventlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A client of the four calls that a serde needs of a registry: register, fetch by id, set the compatibility rule, and ask
 * whether it is there. Blocking; thread-safe.
 *
 * <p>Source: Confluent Schema Registry API v1 ({@code application/vnd.schemaregistry.v1+json}).
 */
final class SchemaRegistry {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL_TIMEOUT)
            .build();
    private final String url;

    SchemaRegistry(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Registers a schema, or finds the one that is already there. Returns its id. */
    int register(String subject, Schema schema) {
        JsonNode answer =
                call("POST", "/subjects/" + encode(subject) + "/versions", Map.of("schema", schema.toString()));
        return answer.get("id").intValue();
    }

    /** The schema behind an id found in a record. */
    Schema schema(int id) {
        return new Schema.Parser()
                .parse(call("GET", "/schemas/ids/" + id, null).get("schema").textValue());
    }

    /** Sets the rule that new versions of a subject are held to. */
    void setCompatibility(String subject, String level) {
        call("PUT", "/config/" + encode(subject), Map.of("compatibility", level));
    }

    /** Throws if the registry does not answer. */
    void check() {
        call("GET", "/subjects", null);
    }

    private JsonNode call(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        try {
            var payload = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(CALL_TIMEOUT)
                    .header("Content-Type", CONTENT_TYPE)
                    .header("Accept", CONTENT_TYPE)
                    .method(method, payload)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new EventLogException("schema registry " + url + path + " answered " + response.statusCode()
                        + ": " + message(response.body()));
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

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
