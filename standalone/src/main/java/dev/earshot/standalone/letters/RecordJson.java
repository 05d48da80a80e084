package dev.earshot.standalone.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as JSON for people: times as ISO 8601, bytes as how many there are, and what somebody said or wrote as how long it
 * is unless it is asked for.
 */
final class RecordJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Transcribed words have this name in every record that carries any. */
    private static final String SPOKEN = "text";

    /** The message of a chat event, and the sentence of an error event. */
    private static final String WRITTEN = "detail";

    private final boolean withText;

    RecordJson(boolean withText) {
        this.withText = withText;
    }

    String of(SpecificRecord record) {
        try {
            return JSON.writeValueAsString(plain(record));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of maps and texts that is no JSON", e);
        }
    }

    private @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof SpecificRecord record) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (Schema.Field field : record.getSchema().getFields()) {
                Object content = record.get(field.pos());
                fields.put(field.name(), isPrivate(record, field.name()) ? veiled(content) : plain(content));
            }
            return fields;
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(this::plain).toList();
        }
        return value instanceof ByteBuffer bytes ? bytes.remaining() + " bytes" : value.toString();
    }

    private boolean isPrivate(SpecificRecord record, String field) {
        return !withText
                && (field.equals(SPOKEN)
                        || field.equals(WRITTEN)
                                && record instanceof MeetingEvent event
                                && event.getType() == MeetingEventType.CHAT);
    }

    private static @Nullable Object veiled(@Nullable Object content) {
        return content == null ? null : "(" + content.toString().length() + " characters)";
    }
}
