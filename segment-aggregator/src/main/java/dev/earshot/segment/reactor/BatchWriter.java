package dev.earshot.segment.reactor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * Writes what has arrived, all of it at once, one batch after the other: a lone record is written at once, and the busier the
 * source, the larger the batches. No clock is involved, so no record waits for company.
 *
 * <p>At most the given number of records is asked for and not yet written. Ends with the source, or when disposed; a failure
 * of the source or of a write ends it and is logged. Subscribe it once. Thread-safe.
 */
public final class BatchWriter<T> extends BaseSubscriber<T> {

    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private final String name;
    private final int mostWaiting;
    private final Function<List<T>, Mono<Void>> write;
    private final List<T> waiting = new ArrayList<>();
    private boolean writing;
    private @Nullable Disposable current;

    public BatchWriter(String name, int mostWaiting, Function<List<T>, Mono<Void>> write) {
        this.name = name;
        this.mostWaiting = mostWaiting;
        this.write = write;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(mostWaiting);
    }

    @Override
    protected void hookOnNext(T record) {
        synchronized (this) {
            waiting.add(record);
        }
        writeWaiting();
    }

    private void writeWaiting() {
        List<T> batch;
        synchronized (this) {
            if (writing || waiting.isEmpty() || isDisposed()) {
                return;
            }
            writing = true;
            batch = List.copyOf(waiting);
            waiting.clear();
        }
        Disposable started = write.apply(batch).subscribe(done -> {}, this::fail, () -> written(batch.size()));
        synchronized (this) {
            if (writing) {
                current = started;
            }
        }
    }

    private void written(int records) {
        synchronized (this) {
            writing = false;
            current = null;
        }
        request(records);
        writeWaiting();
    }

    private void fail(Throwable failure) {
        log.error("{} ended", name, failure);
        dispose();
    }

    @Override
    protected void hookOnError(Throwable failure) {
        log.error("{} ended", name, failure);
    }

    @Override
    protected void hookOnCancel() {
        Disposable running;
        synchronized (this) {
            running = current;
            waiting.clear();
        }
        if (running != null) {
            running.dispose();
        }
    }
}
