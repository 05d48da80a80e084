package dev.earshot.bench;

import java.util.concurrent.TimeUnit;

/** While open, Ctrl-C interrupts the thread that opened it and lets it close what it has started, for a while. */
final class CleanEnding implements AutoCloseable {

    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(30);

    private final Thread hook;

    private CleanEnding(Thread working) {
        hook = new Thread(
                () -> {
                    working.interrupt();
                    try {
                        working.join(PATIENCE_MS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "clean-ending");
    }

    static CleanEnding ofThisThread() {
        var ending = new CleanEnding(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is already ending, and waits for us.
        }
    }
}
