package dev.earshot.eventlog;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions a receiver of a group holds, and which holding each record came under.
 *
 * <p>A record may wait here, held back by its subscriber, while its partition goes away and comes back. It will come again
 * then, and before it others that nobody has acknowledged; taken for one of the new holding it would commit over their heads.
 * So each record is stamped, in a header of its own until {@link #of} takes it off, when the consumer's thread reads it: that
 * is the thread that hears of partitions too. Thread-safe.
 */
final class Holdings {

    private static final String STAMP = "earshot.holding";

    private record Numbered(long number, Holding holding) {}

    private final Map<Integer, Numbered> current = new ConcurrentHashMap<>();

    /** Of the holding that began last. */
    private final AtomicLong number = new AtomicLong();

    /** Partitions come. A consumer that died without a word may have left them in a holding that was never ended. */
    void begin(Collection<Integer> partitions) {
        end(partitions);
        partitions.forEach(
                partition -> current.put(partition, new Numbered(number.incrementAndGet(), Holding.begun())));
    }

    /** Partitions go. */
    void end(Collection<Integer> partitions) {
        for (int partition : partitions) {
            Numbered gone = current.remove(partition);
            if (gone != null) {
                gone.holding().release();
            }
        }
    }

    /** Reads as another deserializer does, and stamps. */
    <T> Deserializer<T> stamping(Deserializer<T> deserializer) {
        return new Stamping<>(deserializer);
    }

    /** The holding that a record came under, asked once; null when that is over. */
    @Nullable
    Holding of(int partition, Headers headers) {
        Header stamp = headers.lastHeader(STAMP);
        if (stamp == null) {
            // Neither key nor value was there to be read: nobody's record, and none to commit by.
            return Holding.withoutCommits();
        }
        headers.remove(STAMP);
        Numbered now = current.get(partition);
        long came = ByteBuffer.wrap(stamp.value()).getLong();
        return now == null || came < now.number() ? null : now.holding();
    }

    /** Kafka's consumer calls it on the thread that polls. It is not asked about a key or value that is null. */
    private final class Stamping<T> implements Deserializer<T> {

        private final Deserializer<T> deserializer;

        Stamping(Deserializer<T> deserializer) {
            this.deserializer = deserializer;
        }

        @Override
        public T deserialize(String topic, byte[] data) {
            return deserializer.deserialize(topic, data);
        }

        @Override
        public T deserialize(String topic, Headers headers, byte[] data) {
            stamp(headers);
            return deserializer.deserialize(topic, headers, data);
        }

        @Override
        public T deserialize(String topic, Headers headers, ByteBuffer data) {
            stamp(headers);
            return deserializer.deserialize(topic, headers, data);
        }

        private void stamp(Headers headers) {
            headers.remove(STAMP);
            headers.add(
                    STAMP, ByteBuffer.allocate(Long.BYTES).putLong(number.get()).array());
        }

        @Override
        public void close() {
            deserializer.close();
        }
    }
}
