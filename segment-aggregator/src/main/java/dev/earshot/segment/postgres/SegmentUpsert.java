package dev.earshot.segment.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.earshot.schema.TranscriptTable;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.schema.avro.Word;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that writes any number of entries: a column is an array, so the statement's text never changes and no
 * limit of parameters is near. An entry that is there already stays unless the new one's revision is newer, and of a meeting
 * whose transcript was deleted nothing is written.
 */
final class SegmentUpsert {

    private static final JsonFactory JSON = new JsonFactory();

    /** One column: its name, the type of its elements in SQL and Java, and where its value comes from. */
    private record Column<T>(
            String name, String type, Class<T> javaType, Function<TranscriptSegment, @Nullable T> value) {

        /** As an array; an empty one when no entry has a value, which unnest fills up with nulls. */
        Object[] valuesOf(List<TranscriptSegment> entries) {
            Object[] values = array(entries.size());
            boolean hasAny = false;
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(entries.get(i));
                hasAny |= values[i] != null;
            }
            return hasAny ? values : array(0);
        }

        private Object[] array(int length) {
            return (Object[]) Array.newInstance(javaType, length);
        }
    }

    private static final List<Column<?>> COLUMNS = List.of(
            number("meeting_id", SegmentUpsert::meetingId),
            text("segment_id", TranscriptSegment::getSegmentId),
            number("seq", TranscriptSegment::getSeq),
            text("kind", entry -> entry.getKind().name()),
            integer("revision", TranscriptSegment::getRevision),
            text("session_uid", TranscriptSegment::getSessionUid),
            text("track_id", TranscriptSegment::getTrackId),
            text("participant_id", TranscriptSegment::getParticipantId),
            text("speaker", TranscriptSegment::getSpeaker),
            number("start_ms", TranscriptSegment::getStartMs),
            number("end_ms", TranscriptSegment::getEndMs),
            time("session_started_at", TranscriptSegment::getSessionStartedAt),
            text("text", TranscriptSegment::getText),
            new Column<>("words", "jsonb", String.class, SegmentUpsert::words),
            text("language", TranscriptSegment::getLanguage),
            text("model_name", TranscriptSegment::getModelName),
            text("model_hash", TranscriptSegment::getModelHash),
            integer("audio_partition", TranscriptSegment::getAudioPartition),
            number("audio_first_offset", TranscriptSegment::getAudioFirstOffset),
            number("audio_last_offset", TranscriptSegment::getAudioLastOffset),
            number("start_sample", TranscriptSegment::getStartSample),
            number("end_sample", TranscriptSegment::getEndSample),
            text("status", TranscriptSegment::getStatus),
            text("reason", TranscriptSegment::getReason),
            number("captured_ms", TranscriptSegment::getCapturedMs),
            number("transcribed_ms", TranscriptSegment::getTranscribedMs),
            number("silent_ms", TranscriptSegment::getSilentMs),
            number("missing_ms", TranscriptSegment::getMissingMs),
            time("end_captured_at", TranscriptSegment::getEndCapturedAt),
            time("ready_at", TranscriptSegment::getReadyAt),
            time("confirmed_at", TranscriptSegment::getConfirmedAt));

    static final String SQL = sql();

    private SegmentUpsert() {}

    /** Throws if Postgres could never take this entry. */
    static void validate(TranscriptSegment entry) {
        meetingId(entry);
    }

    /** Of entries with the same key only the newest: one statement cannot write a row twice. */
    static List<TranscriptSegment> newestOfEach(List<TranscriptSegment> entries) {
        Map<String, TranscriptSegment> newest = new LinkedHashMap<>();
        for (TranscriptSegment entry : entries) {
            newest.merge(
                    entry.getMeetingId() + '/' + entry.getSegmentId(),
                    entry,
                    (known, other) -> other.getRevision() > known.getRevision() ? other : known);
        }
        return List.copyOf(newest.values());
    }

    static Statement bind(Connection connection, List<TranscriptSegment> entries) {
        Statement statement = connection.createStatement(SQL);
        for (int i = 0; i < COLUMNS.size(); i++) {
            statement.bind(i, COLUMNS.get(i).valuesOf(entries));
        }
        return statement;
    }

    private static String sql() {
        String names = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
        String arrays = IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> "$" + (i + 1) + "::" + COLUMNS.get(i).type() + "[]")
                .collect(Collectors.joining(", "));
        String changes = COLUMNS.stream()
                .map(Column::name)
                .filter(name -> !name.equals("meeting_id") && !name.equals("segment_id"))
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        return "insert into " + TranscriptTable.SEGMENTS + " as known (" + names + ") select * from unnest(" + arrays
                + ") as entry (" + names + ") where not exists (select from " + TranscriptTable.DELETED
                + " gone where gone.meeting_id = entry.meeting_id) on conflict (meeting_id, segment_id) do update set "
                + changes
                + " where excluded.revision > known.revision";
    }

    private static Long meetingId(TranscriptSegment entry) {
        try {
            return Long.valueOf(entry.getMeetingId());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "meeting_id: " + entry.getMeetingId() + " (expected: the decimal id of a meeting row)", e);
        }
    }

    private static String words(TranscriptSegment entry) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Word word : entry.getWords()) {
                json.writeStartObject();
                json.writeStringField("text", word.getText());
                json.writeNumberField("start_ms", word.getStartMs());
                json.writeNumberField("end_ms", word.getEndMs());
                if (word.getConfidence() != null) {
                    json.writeNumberField("confidence", word.getConfidence());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Column<String> text(String name, Function<TranscriptSegment, @Nullable String> value) {
        return new Column<>(name, "text", String.class, value);
    }

    private static Column<Long> number(String name, Function<TranscriptSegment, @Nullable Long> value) {
        return new Column<>(name, "bigint", Long.class, value);
    }

    private static Column<Integer> integer(String name, Function<TranscriptSegment, @Nullable Integer> value) {
        return new Column<>(name, "integer", Integer.class, value);
    }

    private static Column<OffsetDateTime> time(String name, Function<TranscriptSegment, @Nullable Instant> value) {
        return new Column<>(name, "timestamptz", OffsetDateTime.class, entry -> {
            Instant time = value.apply(entry);
            return time == null ? null : time.atOffset(ZoneOffset.UTC);
        });
    }
}
