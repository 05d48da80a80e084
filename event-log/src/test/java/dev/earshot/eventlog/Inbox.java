package dev.earshot.eventlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** A subscriber that keeps what it receives until the test asks for it. */
final class Inbox<V extends SpecificRecord> implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<Received<V>> records = new LinkedBlockingQueue<>();
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private final CountDownLatch completed = new CountDownLatch(1);
    private final long asksFirst;
    private final BaseSubscriber<Received<V>> receiving = new BaseSubscriber<>() {
        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            request(asksFirst);
        }

        @Override
        protected void hookOnNext(Received<V> record) {
            records.add(record);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            throw new AssertionError("a receiver never fails", failure);
        }

        @Override
        protected void hookOnComplete() {
            completed.countDown();
        }
    };

    Inbox(Function<Subscription, Flux<Received<V>>> receive, Subscription subscription) {
        this(Long.MAX_VALUE, receive, subscription);
    }

    private Inbox(long asksFirst, Function<Subscription, Flux<Received<V>>> receive, Subscription subscription) {
        this.asksFirst = asksFirst;
        receive.apply(subscription.onPartitions(this::assigned, this::revoked)).subscribe(receiving);
    }

    /** Takes no more than so many until {@link #askForAll}. */
    static <V extends SpecificRecord> Inbox<V> asking(
            long first, Function<Subscription, Flux<Received<V>>> receive, Subscription subscription) {
        return new Inbox<>(first, receive, subscription);
    }

    void askForAll() {
        receiving.request(Long.MAX_VALUE);
    }

    private void assigned(Collection<Integer> more) {
        partitions.addAll(more);
    }

    private void revoked(Collection<Integer> fewer) {
        partitions.removeAll(fewer);
    }

    /** The partitions that the receiver has now. */
    Set<Integer> partitions() {
        return partitions;
    }

    Inbox<V> awaitPartitions(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> partitions.size() == count);
        return this;
    }

    Received<V> next() {
        try {
            Received<V> record = records.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (record == null) {
                throw new AssertionError("nothing received within " + PATIENCE);
            }
            return record;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Received<V>> next(int count) {
        var next = new ArrayList<Received<V>>();
        while (next.size() < count) {
            next.add(next());
        }
        return next;
    }

    /** How many records wait to be asked for. */
    int waiting() {
        return records.size();
    }

    boolean awaitCompleted() throws InterruptedException {
        return completed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Cancels. */
    @Override
    public void close() {
        receiving.dispose();
    }
}
