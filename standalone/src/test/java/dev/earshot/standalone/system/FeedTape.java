package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.standalone.client.ApiClient;
import dev.earshot.standalone.client.ApiException;
import dev.earshot.standalone.client.SseEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every event with a cursor that one connection to a meeting's event stream brought. */
final class FeedTape implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One such event.
     *
     * @param seq its cursor
     * @param name its type
     * @param data its JSON
     */
    record Entry(long seq, String name, JsonNode data) {

        /** What it confirms. */
        Stream<Confirmed> confirmed() {
            return Stream.of(data.path("confirmed"))
                    .flatMap(texts -> StreamSupport.stream(texts.spliterator(), false))
                    .map(Confirmed::of);
        }
    }

    /** A confirmed segment, as the feed or REST shows it. */
    record Confirmed(long seq, String segmentId, String speaker, String text) {

        static Confirmed of(JsonNode segment) {
            return new Confirmed(
                    segment.path("seq").asLong(),
                    segment.path("segment_id").asText(),
                    segment.path("speaker").asText(),
                    segment.path("text").asText());
        }
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private FeedTape(ApiClient api, long meetingId, String after) {
        reader = new Thread(
                () -> {
                    try {
                        api.follow("/meetings/" + meetingId + "/events", after, this::take);
                    } catch (ApiException | UncheckedIOException e) {
                        // The server is gone, or the test has seen enough.
                    }
                },
                "tape-" + meetingId);
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects, with the cursor of the last event that is known already; null for none. */
    static FeedTape follow(ApiClient api, long meetingId, String after) {
        return new FeedTape(api, meetingId, after);
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<Confirmed> confirmed() {
        return entries.stream().flatMap(Entry::confirmed).toList();
    }

    boolean has(String name) {
        return entries.stream().anyMatch(entry -> entry.name().equals(name));
    }

    /** The one entry of a type. */
    Entry only(String name) {
        List<Entry> found =
                entries.stream().filter(entry -> entry.name().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private void take(SseEvent event) {
        if (event.id() == null) {
            return;
        }
        try {
            entries.add(new Entry(Long.parseLong(event.id()), event.name(), JSON.readTree(event.data())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
