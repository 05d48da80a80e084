package dev.earshot.asr;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The one thread that owns the state of all tracks: chunks, transcriptions and answers of the broker meet here, so nothing
 * needs a lock. Nothing on it blocks. What is handed over after {@link #close} is dropped.
 */
final class TrackLoop implements AutoCloseable {

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "asr-tracks"));
    private final Scheduler scheduler = Schedulers.fromExecutorService(executor);
    private final Consumer<Throwable> failed;

    /** @param failed told, on the loop, when a task threw anything at all */
    TrackLoop(Consumer<Throwable> failed) {
        this.failed = failed;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException closed) {
            // The worker is going away, and what it did not finish is the next owner's.
        }
    }

    void after(Duration delay, Runnable task) {
        try {
            var unused = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // As above.
        }
    }

    void every(Duration period, Runnable task) {
        var unused =
                executor.scheduleAtFixedRate(() -> run(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** As if a task had thrown. On the loop. */
    void fail(Throwable reason) {
        failed.accept(reason);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // An Error, too: the executor would swallow it, and a periodic task would never run again.
            failed.accept(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            // A task in its midst ends by itself: none of them waits for anything.
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scheduler.dispose();
    }
}
