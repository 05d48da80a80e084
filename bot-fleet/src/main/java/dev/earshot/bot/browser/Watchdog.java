package dev.earshot.bot.browser;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills a browser from which nothing has been heard for too long. A hung page raises no event, and some calls into it have
 * no timeout: only its end frees the thread that waits for it. Runs on its own thread. {@link #alive} may be called from
 * any thread.
 */
public final class Watchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final Duration patience;
    private final Runnable kill;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService thread;
    private volatile long lastSign;
    private volatile boolean fired;

    /** One that looks when it is told to. */
    Watchdog(Duration patience, Duration grace, Runnable kill, String name, LongSupplier nanoTime) {
        this.patience = patience;
        this.kill = kill;
        this.nanoTime = nanoTime;
        this.lastSign = nanoTime.getAsLong() + grace.toNanos();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "watchdog-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts watching.
     *
     * @param patience silence that means death
     * @param grace how much longer the first sign of life may take: a page has to be loaded before it can speak
     * @param kill ends what is watched; called at most once, from the watchdog's thread
     */
    public static Watchdog start(Duration patience, Duration grace, Runnable kill, String name) {
        var watchdog = new Watchdog(patience, grace, kill, name, System::nanoTime);
        long period = Math.max(50, patience.toMillis() / 10);
        var unused = watchdog.thread.scheduleWithFixedDelay(watchdog::look, period, period, TimeUnit.MILLISECONDS);
        return watchdog;
    }

    /** A sign of life. */
    public void alive() {
        lastSign = nanoTime.getAsLong();
    }

    /** Whether it had to kill. */
    public boolean fired() {
        return fired;
    }

    void look() {
        if (!fired && nanoTime.getAsLong() - lastSign > patience.toNanos()) {
            fired = true;
            log.warn(
                    "watchdog_fired thread={} silence_ms={}",
                    Thread.currentThread().getName(),
                    patience.toMillis());
            kill.run();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
