package dev.earshot.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The Postgres table and the Redis hash in which a transcript rests. */
class RestingPlacesTest {

    @Test
    void theTablesColumnsAreTheRecordsFields() throws IOException {
        var fields = TranscriptSegment.getClassSchema().getFields().stream()
                .map(Schema.Field::name)
                .toList();

        assertThat(columns())
                .contains("ready_at")
                .allMatch(column -> column.equals("written_at") || fields.contains(column));
    }

    private static List<String> columns() throws IOException {
        String table = migration("/V1__segment.sql");
        assertThat(table).contains("create table " + TranscriptTable.SEGMENTS);
        return Pattern.compile("(?m)^ {4}(?:add column )?([a-z_]+) +(?:text|bigint|integer|jsonb|timestamptz)")
                .matcher(table + migration("/V2__segment_capture_times.sql"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String migration(String name) throws IOException {
        String location = TranscriptTable.MIGRATIONS.replace("classpath:", "/") + name;
        try (InputStream sql = RestingPlacesTest.class.getResourceAsStream(location)) {
            return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theLiveViewKeepsOneHashPerMeeting() {
        assertThat(LiveView.key("42")).isEqualTo("earshot:live:42");
        assertThat(LiveView.TIME_TO_LIVE).isPositive();
    }

    @Test
    void theLiveViewsFieldsAreReadAsTheyWereWritten() throws IOException {
        Records.trust();
        TranscriptLive live = TranscriptLive.newBuilder()
                .setMeetingId("42")
                .setSessionUid("s")
                .setTrackId("s:t0")
                .setRevision(7)
                .setSessionStartedAt(Instant.EPOCH)
                .setPending(List.of(LiveSegment.newBuilder()
                        .setSegmentId("s:t0:0")
                        .setRevision(1)
                        .setCompleted(false)
                        .setStartMs(0)
                        .setEndMs(900)
                        .setText("hello")
                        .setStartCapturedAt(Instant.EPOCH)
                        .build()))
                .build();

        assertThat(TranscriptLive.getDecoder()
                        .decode(TranscriptLive.getEncoder().encode(live)))
                .isEqualTo(live);
    }
}
