package dev.earshot.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A client of a live feed that reads events as they come, until it is closed or the server ends the feed. */
final class EventStream implements AutoCloseable {

    /** One server-sent event; an empty id is none. */
    record Event(String id, String type, JsonNode data) {}

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    static EventStream open(String url, String key, long lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        if (lastEventId > 0) {
            request.header("Last-Event-ID", Long.toString(lastEventId));
        }
        try {
            return new EventStream(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new IllegalStateException(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** Events that belong to the transcript, in the order in which they came. */
    List<Event> withId() {
        return events.stream().filter(event -> !event.id().isEmpty()).toList();
    }

    /** Whether the server ended the feed within the time. */
    boolean endsWithin(long seconds) throws InterruptedException {
        return over.await(seconds, TimeUnit.SECONDS);
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "message";
            String data = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, type, TestApi.JSON.readTree(data)));
                    id = "";
                    type = "message";
                    data = "";
                }
            }
        } catch (IOException e) {
            // Cut off by close(), or by the server.
        } finally {
            over.countDown();
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
