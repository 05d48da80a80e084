package dev.earshot.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter says about itself in its headers, UTF-8 text and decimal numbers: why its record could not be handled
 * ({@code error.class}, {@code error.message}), by whom ({@code error.consumer}, a client id), and where it came from ({@code
 * source.topic}, {@code source.partition}, {@code source.offset}). Where the record was too large to be kept whole, {@code
 * source.bytes} says how long it was. The record's own headers stay beside these.
 */
public final class DeadLetterHeaders {

    /** Half of what producers and brokers take for one record by default. */
    static final int MOST_BYTES = 512 * 1024;

    static final String ERROR_CLASS = "error.class";
    static final String ERROR_MESSAGE = "error.message";
    static final String ERROR_CONSUMER = "error.consumer";
    static final String SOURCE_TOPIC = "source.topic";
    static final String SOURCE_PARTITION = "source.partition";
    static final String SOURCE_OFFSET = "source.offset";
    static final String SOURCE_BYTES = "source.bytes";

    /** On a note among the letters that a letter was replayed: fingerprint of its bytes. */
    static final String REPLAYED_CONTENT = "replayed.content";

    /** On a record that was replayed: offset of the letter it was. A letter that has it came back. */
    static final String REPLAYED_LETTER = "replayed.letter";

    /** Those that belong to the letter and not to the record in it. */
    static final Set<String> OF_THE_LETTER = Set.of(
            ERROR_CLASS, ERROR_MESSAGE, ERROR_CONSUMER, SOURCE_TOPIC, SOURCE_PARTITION, SOURCE_OFFSET, SOURCE_BYTES);

    private DeadLetterHeaders() {}

    /** Says why a record could not be handled, by which client, and where the record lies. */
    public static void add(
            Headers headers, Throwable reason, String consumer, String topic, int partition, long offset) {
        put(headers, ERROR_CLASS, reason.getClass().getName());
        put(headers, ERROR_MESSAGE, String.valueOf(reason.getMessage()));
        put(headers, ERROR_CONSUMER, consumer);
        put(headers, SOURCE_TOPIC, topic);
        put(headers, SOURCE_PARTITION, Integer.toString(partition));
        put(headers, SOURCE_OFFSET, Long.toString(offset));
    }

    /**
     * The bytes of a record as a letter keeps them: all of them, or without their end when they are too many for a letter, and
     * then its headers say how many they were. What cannot be buried would stop its partition for good.
     */
    public static byte @Nullable [] kept(byte @Nullable [] value, Headers headers) {
        if (value == null || value.length <= MOST_BYTES) {
            return value;
        }
        put(headers, SOURCE_BYTES, Integer.toString(value.length));
        return Arrays.copyOf(value, MOST_BYTES);
    }

    static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
