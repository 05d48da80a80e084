package dev.earshot.eventlog;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * One record as it came from its topic.
 *
 * <p>{@link #acknowledge} says that everything in this record's partition up to and including it has had its effect; the
 * position is committed at the next interval. Call it from any thread, for any record of the partition: only the furthest
 * counts, and none does once the partition belongs to another receiver.
 */
public final class Received<V extends SpecificRecord> {

    private final ReceiverRecord<String, byte[]> raw;
    private final V value;
    private final Holding holding;

    Received(ReceiverRecord<String, byte[]> raw, V value, Holding holding) {
        this.raw = raw;
        this.value = value;
        this.holding = holding;
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
        holding.acknowledge(raw.receiverOffset());
    }

    /**
     * Whether this receiver has held the record's partition without a break since the record came; always so without a
     * group. Once it is not, the record comes again, here or elsewhere. {@link Subscription#onRevoked} is told after that.
     */
    public boolean isHeld() {
        return holding.isHeld();
    }

    ConsumerRecord<String, byte[]> raw() {
        return raw;
    }
}
