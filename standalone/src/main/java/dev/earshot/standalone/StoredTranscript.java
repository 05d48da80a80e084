package dev.earshot.standalone;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What Postgres holds of a meeting, read past all services: the proof that it is there. */
final class StoredTranscript {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StoredTranscript() {}

    /**
     * The segments as {@code segment_id|speaker|text}, in the order of the cursor. Waits a while until there are as many as
     * expected, since rows follow the topic.
     */
    static List<String> lines(String databaseUrl, long meetingId, int expected) {
        String url = "r2dbc:" + databaseUrl;
        return Mono.defer(() -> read(url, meetingId))
                .filter(lines -> lines.size() >= expected)
                .repeatWhenEmpty(times -> times.delayElements(POLL))
                .timeout(PATIENCE, Mono.defer(() -> read(url, meetingId)))
                .blockOptional()
                .orElse(List.of());
    }

    private static Mono<List<String>> read(String url, long meetingId) {
        return Flux.usingWhen(
                        ConnectionFactories.get(url).create(),
                        connection -> query(connection, meetingId),
                        Connection::close)
                .collectList();
    }

    private static Flux<String> query(Connection connection, long meetingId) {
        return Flux.from(connection
                        .createStatement("select segment_id, coalesce(speaker, ''), text from transcript.segment"
                                + " where meeting_id = $1 and kind = 'SEGMENT' order by seq")
                        .bind(0, meetingId)
                        .execute())
                .flatMap(result -> result.map((row, metadata) -> row.get(0) + "|" + row.get(1) + "|" + row.get(2)));
    }
}
