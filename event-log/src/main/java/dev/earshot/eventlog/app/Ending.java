package dev.earshot.eventlog.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A clean end on Ctrl-C: tells the running command, and holds the process until the command has closed what it opened.
 * Closing it says that this has happened.
 */
public final class Ending implements AutoCloseable {

    /** How long the process waits to be closed: bots say goodbye to their meetings first. */
    public static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable asked;
    private final Thread hook = new Thread(this::end);

    private Ending(Runnable asked) {
        this.asked = asked;
    }

    /** Runs something when the process is asked to end. */
    public static Ending onSignal(Runnable asked) {
        var ending = new Ending(asked);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** Interrupts the calling thread when the process is asked to end. */
    public static Ending ofThisThread() {
        return onSignal(Thread.currentThread()::interrupt);
    }

    /** Not the command's thread is awaited: it may be in {@code System.exit}, which waits for this hook. */
    void end() {
        if (over.getCount() == 0) {
            return;
        }
        asked.run();
        try {
            over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is running.
        }
    }
}
