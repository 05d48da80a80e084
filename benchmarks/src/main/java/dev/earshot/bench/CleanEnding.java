package dev.earshot.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While open, Ctrl-C interrupts the thread that opened it and lets it close what it has started, for a while. */
final class CleanEnding implements AutoCloseable {

    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(30);

    private final Thread working;
    private final Thread hook = new Thread(this::end, "clean-ending");
    /** Not the end of the thread: when that asks for the exit of the process itself, it waits for the hook in turn. */
    private final CountDownLatch closed = new CountDownLatch(1);

    private CleanEnding(Thread working) {
        this.working = working;
    }

    static CleanEnding ofThisThread() {
        var ending = new CleanEnding(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** Interrupts the work and returns when it has closed what it had started, or takes too long. */
    void end() {
        working.interrupt();
        try {
            closed.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is already ending, and waits for us.
        }
    }
}
