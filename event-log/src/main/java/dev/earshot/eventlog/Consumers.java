package dev.earshot.eventlog;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * Makes the receivers' consumers and knows how many of them are open. A process that ends before its consumers have left
 * their groups makes the others wait for its session to time out. Thread-safe.
 */
final class Consumers extends ConsumerFactory {

    private final Object lock = new Object();
    private int open;

    @Override
    public <K, V> Consumer<K, V> createConsumer(ReceiverOptions<K, V> options) {
        var consumer = new Counted<>(options);
        synchronized (lock) {
            open++;
        }
        return consumer;
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

    private final class Counted<K, V> extends KafkaConsumer<K, V> {

        Counted(ReceiverOptions<K, V> options) {
            super(options.consumerProperties(), options.keyDeserializer(), options.valueDeserializer());
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
