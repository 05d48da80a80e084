package dev.earshot.schema;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * How long records of some topics are kept, in place of what {@link Topics} declares.
 *
 * @param byName by topic name, {@value #DEAD_LETTERS} for all topics of dead letters; {@link Topic#FOREVER} for always
 */
public record Retentions(Map<String, Duration> byName) {

    /** As declared. */
    public static final Retentions DECLARED = new Retentions(Map.of());

    /** Stands for the dead letters of every topic. */
    public static final String DEAD_LETTERS = "dlq";

    public Retentions {
        byName = Map.copyOf(byName);
    }

    /**
     * Reads {@code audio.chunk.v1=6h,asr.hypothesis.v1=30d,transcript.segment.v1=forever}; blank is {@link #DECLARED}. Throws
     * IllegalArgumentException with a sentence.
     */
    public static Retentions parse(String text) {
        var byName = new LinkedHashMap<String, Duration>();
        for (String one : text.isBlank() ? new String[0] : text.split(",")) {
            String[] parts = one.strip().split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException(
                        "retention: " + one.strip() + " (expected: topic=time, such as audio.chunk.v1=6h)");
            }
            byName.put(parts[0].strip(), time(parts[0].strip(), parts[1].strip()));
        }
        return new Retentions(byName);
    }

    private static Duration time(String topic, String text) {
        if (text.equals("forever")) {
            return Topic.FOREVER;
        }
        if (!text.matches("[1-9]\\d{0,4}[hd]")) {
            throw new IllegalArgumentException(
                    "retention of " + topic + ": " + text + " (expected: hours or days such as 6h or 30d, or forever)");
        }
        int number = Integer.parseInt(text.substring(0, text.length() - 1));
        return text.endsWith("h") ? Duration.ofHours(number) : Duration.ofDays(number);
    }

    /** A topic whose records go after a time, kept as was asked or else as declared. */
    public <V extends SpecificRecord> Topic<V> topic(
            String name, Class<V> valueType, int partitions, Duration declared) {
        return new Topic<>(name, valueType, partitions, of(name).orElse(declared), false);
    }

    /** Throws if something was asked for that is not among these names. */
    void requireKnown(Collection<String> names) {
        for (String name : byName.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "retention of " + name + " (expected: one of " + String.join(", ", names) + ")");
            }
        }
    }

    /** What was asked for this topic; empty when nothing was. */
    public Optional<Duration> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
