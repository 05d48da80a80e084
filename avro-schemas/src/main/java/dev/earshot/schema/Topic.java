package dev.earshot.schema;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic as it is declared: what it is called, what it carries, how it is spread and how long it is kept. Keys are UTF-8
 * strings, values are Avro records in the registry's wire format, so no reader can pair a topic with the wrong type.
 *
 * @param name {@code <context>.<noun>.v<major>}, dots and hyphens only
 * @param valueType the record on it
 * @param partitions at least 1; more partitions let more workers share the topic, fewer can never be had again
 * @param retention how long records are kept; {@link #FOREVER} for always
 * @param compacted whether only the newest record of a key is kept
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> valueType, int partitions, Duration retention, boolean compacted) {

    /** Kafka's {@code retention.ms=-1}. */
    public static final Duration FOREVER = Duration.ofMillis(-1);

    public Topic {
        Objects.requireNonNull(valueType, "valueType");
        if (!name.matches("[a-z]+\\.[a-z]+\\.v\\d+")) {
            throw new IllegalArgumentException("topic name: " + name + " (expected: <context>.<noun>.v<major>)");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(name + " partitions: " + partitions + " (expected: at least 1)");
        }
    }

    /** Name of the topic that takes the bytes which could not be handled. */
    public String deadLetterName() {
        return name + ".dlq";
    }

    /** Subject of the value's schema in the registry. */
    public String subject() {
        return name + "-value";
    }

    /** The topic's settings, as Kafka names them. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("cleanup.policy", compacted ? "compact" : "delete");
        settings.put("retention.ms", Long.toString(retention.toMillis()));
        return settings;
    }
}
