package dev.earshot.eventlog;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.jspecify.annotations.Nullable;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * Makes the receivers' consumers and knows how many of them are open. A process that ends before its consumers have left
 * their groups makes the others wait for its session to time out. Thread-safe.
 */
final class Consumers {

    private final Object lock = new Object();
    private int open;

    /** Makes consumers that tell, on their thread, which of their partitions' brokers have answered; null when nobody asks. */
    ConsumerFactory telling(java.util.function.@Nullable Consumer<Collection<Integer>> answered) {
        return new ConsumerFactory() {
            @Override
            public <K, V> Consumer<K, V> createConsumer(ReceiverOptions<K, V> options) {
                var consumer = new Counted<>(options, answered);
                synchronized (lock) {
                    open++;
                }
                return consumer;
            }
        };
    }

    /** Returns whether all consumers were closed in time. */
    boolean awaitClosed(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            long left = patience.toNanos();
            while (open > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                left = deadline - System.nanoTime();
            }
            return open == 0;
        }
    }

    /**
     * Waits by itself while all its partitions are paused, that is, while the subscriber wants nothing. Kafka's consumer of
     * the KIP-848 protocol goes round and round then as soon as one paused partition has records fetched: 4.2.1 takes 64 %
     * of a core for nothing.
     *
     * <p>Commits again what was on its way while the group changed. Kafka refuses such a commit for its stale epoch and
     * leaves it to us (KAFKA-16033); reactor-kafka would give the consumer up for it, and all that was read and not yet
     * acknowledged with it.
     */
    private final class Counted<K, V> extends KafkaConsumer<K, V> {

        private final Semaphore wakeups = new Semaphore(0);
        private final @Nullable Answers answers;

        Counted(ReceiverOptions<K, V> options, java.util.function.@Nullable Consumer<Collection<Integer>> answered) {
            super(options.consumerProperties(), options.keyDeserializer(), options.valueDeserializer());
            answers = answered == null ? null : new Answers(this, options.consumerProperties(), answered);
        }

        @Override
        public ConsumerRecords<K, V> poll(Duration timeout) {
            if (paused().isEmpty() || !paused().containsAll(assignment())) {
                ConsumerRecords<K, V> some = super.poll(timeout);
                if (answers != null) {
                    answers.tell();
                }
                return some;
            }
            wakeups.drainPermits();
            // Rebalances, heartbeats and commits go on in here.
            ConsumerRecords<K, V> none = super.poll(Duration.ZERO);
            if (none.isEmpty()) {
                awaitWakeup(timeout);
            }
            return none;
        }

        @Override
        public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            var ours = new HashMap<>(offsets);
            ours.keySet().retainAll(assignment());
            super.commitAsync(ours, (committed, failure) -> {
                if (failure instanceof StaleMemberEpochException) {
                    // A partition that is gone since is its next owner's to commit.
                    offsets.keySet().retainAll(assignment());
                    // The one failure after which reactor-kafka tries again and goes on reading meanwhile.
                    callback.onComplete(offsets, new RebalanceInProgressException(failure));
                } else {
                    callback.onComplete(offsets, failure);
                }
            });
        }

        @Override
        public void wakeup() {
            super.wakeup();
            wakeups.release();
        }

        private void awaitWakeup(Duration timeout) {
            try {
                boolean unused = wakeups.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }

        @Override
        public void close(Duration timeout) {
            try {
                super.close(timeout);
            } finally {
                synchronized (lock) {
                    open--;
                    lock.notifyAll();
                }
            }
        }
    }
}
