package dev.earshot.segment.reactor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Writes what has arrived, all of it at once, one batch after the other: a lone record is written at once, and the busier the
 * source, the larger the batches. No clock is involved, so no record waits for company.
 *
 * <p>At most the given number of records is asked for and not yet written. Thread-safe.
 */
public final class BatchWriter<T> extends BaseSubscriber<T> {

    /** A writer that fails at once every time must not read the same records in a busy loop. */
    private static final RetryBackoffSpec RESTART =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10));

    private final int mostWaiting;
    private final Function<List<T>, Mono<Void>> write;
    private final MonoSink<Void> end;
    private final List<T> waiting = new ArrayList<>();
    private boolean writing;
    private @Nullable Disposable current;

    private BatchWriter(int mostWaiting, Function<List<T>, Mono<Void>> write, MonoSink<Void> end) {
        this.mostWaiting = mostWaiting;
        this.write = write;
        this.end = end;
    }

    /** Writes until the source ends; fails with the source or with a write. What was cancelled is not written. */
    public static <T> Mono<Void> write(Flux<T> source, int mostWaiting, Function<List<T>, Mono<Void>> write) {
        return Mono.create(end -> {
            var writer = new BatchWriter<>(mostWaiting, write, end);
            end.onDispose(writer);
            source.subscribe(writer);
        });
    }

    /** Writes until the source ends, whatever fails: subscribes to the source again, with patience that grows. */
    public static <T> Mono<Void> keepWriting(
            Flux<T> source, int mostWaiting, Function<List<T>, Mono<Void>> write, Consumer<Throwable> onRestart) {
        return write(source, mostWaiting, write)
                .retryWhen(RESTART.doBeforeRetry(retry -> onRestart.accept(retry.failure())));
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
        Disposable started =
                Mono.defer(() -> write.apply(batch)).subscribe(done -> {}, end::error, () -> written(batch.size()));
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

    @Override
    protected void hookOnComplete() {
        end.success();
    }

    @Override
    protected void hookOnError(Throwable failure) {
        end.error(failure);
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
