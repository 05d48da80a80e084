package dev.earshot.eventlog;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record as it came from its topic.
 *
 * <p>{@link #acknowledge} says that everything in this record's partition up to and including it has had its effect; the
 * position is committed at the next interval. Call it from any thread, for any record of the partition: only the furthest
 * counts, and none does once the partition belongs to another receiver.
 */
public final class Received<V extends SpecificRecord> {

    private final ConsumerRecord<String, byte[]> raw;
    private final V value;
    private final Runnable acknowledgement;

    Received(ConsumerRecord<String, byte[]> raw, V value, Runnable acknowledgement) {
        this.raw = raw;
        this.value = value;
        this.acknowledgement = acknowledgement;
    }

    public @Nullable String key() {
        return raw.key();
    }

    public V value() {
        return value;
    }

    public int partition() {
        return raw.partition();
    }

    public long offset() {
        return raw.offset();
    }

    /** When the record was produced, by the producer's wall clock. */
    public Instant producedAt() {
        return Instant.ofEpochMilli(raw.timestamp());
    }

    /** Does nothing on a receiver without a group. */
    public void acknowledge() {
        acknowledgement.run();
    }

    ConsumerRecord<String, byte[]> raw() {
        return raw;
    }
}
