package dev.earshot.eventlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be handled, as it lies on {@code <topic>.dlq}. Immutable but for its bytes, which are nobody's to
 * change.
 */
public final class DeadLetter {

    /**
     * Which record a letter holds: where it came from, and a fingerprint of its bytes, for a topic that was created anew
     * counts from 0 again. Several consumers may refuse one record; their letters have one origin.
     */
    record Origin(int partition, long offset, int content) {}

    private final ConsumerRecord<byte[], byte[]> raw;

    DeadLetter(ConsumerRecord<byte[], byte[]> raw) {
        this.raw = raw;
    }

    /** Where the letter lies among the topic's letters; its name in commands. */
    public long offset() {
        return raw.offset();
    }

    /** Wall clock when it was put there. */
    public Instant buriedAt() {
        return Instant.ofEpochMilli(raw.timestamp());
    }

    public @Nullable String key() {
        return raw.key() == null ? null : new String(raw.key(), StandardCharsets.UTF_8);
    }

    /** The bytes as they came; null for a tombstone. */
    public byte @Nullable [] value() {
        return raw.value();
    }

    /** Class of what went wrong. */
    public String errorClass() {
        return Objects.requireNonNullElse(text(DeadLetterHeaders.ERROR_CLASS), "(unknown)");
    }

    public String errorMessage() {
        return Objects.requireNonNullElse(text(DeadLetterHeaders.ERROR_MESSAGE), "(unknown)");
    }

    /** Client id of whoever could not handle it. */
    public String consumer() {
        return Objects.requireNonNullElse(text(DeadLetterHeaders.ERROR_CONSUMER), "(unknown)");
    }

    /** Where the record lay in its topic; null where somebody else put bytes among the letters. */
    public @Nullable Position source() {
        String partition = text(DeadLetterHeaders.SOURCE_PARTITION);
        String offset = text(DeadLetterHeaders.SOURCE_OFFSET);
        if (partition == null || offset == null || !partition.matches("\\d{1,9}") || !offset.matches("\\d{1,18}")) {
            return null;
        }
        return new Position(Integer.parseInt(partition), Long.parseLong(offset));
    }

    /** The headers that the record brought along, as text. */
    public Map<String, String> recordHeaders() {
        var own = new LinkedHashMap<String, String>();
        for (Header header : raw.headers()) {
            if (!DeadLetterHeaders.OF_THE_LETTER.contains(header.key())) {
                own.put(header.key(), String.valueOf(text(header.key())));
            }
        }
        return own;
    }

    /** Null without a source. */
    @Nullable
    Origin origin() {
        Position source = source();
        return source == null ? null : new Origin(source.partition(), source.offset(), content());
    }

    /** Fingerprint of the bytes; a note has that of its letter. */
    int content() {
        String replayed = text(DeadLetterHeaders.REPLAYED_CONTENT);
        return replayed == null ? Arrays.hashCode(raw.value()) : Integer.parseInt(replayed);
    }

    /** Whether this is no letter but a note that the letter of this origin was replayed. */
    boolean isNote() {
        return text(DeadLetterHeaders.REPLAYED_CONTENT) != null;
    }

    ConsumerRecord<byte[], byte[]> raw() {
        return raw;
    }

    private @Nullable String text(String name) {
        return DeadLetterHeaders.text(raw.headers(), name);
    }
}
