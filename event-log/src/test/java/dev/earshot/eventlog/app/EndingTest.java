package dev.earshot.eventlog.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndingTest {

    private final CompletableFuture<Ending> opened = new CompletableFuture<>();
    private final CountDownLatch work = new CountDownLatch(1);
    private final CountDownLatch exit = new CountDownLatch(1);
    private volatile boolean cleanedUp;

    /** After the work its thread asks for the exit of the process, which waits for the hook that waits here. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForTheWorkToBeClosed_notForItsThread() throws Exception {
        var working = new Thread(this::workUntilInterrupted);
        working.setDaemon(true);
        working.start();

        opened.get().end();

        assertThat(cleanedUp).isTrue();
        assertThat(working.isAlive()).isTrue();
        exit.countDown();
        working.join();
    }

    private void workUntilInterrupted() {
        try (var ending = Ending.ofThisThread();
                AutoCloseable product = () -> cleanedUp = true) {
            opened.complete(ending);
            work.await();
        } catch (Exception interrupted) {
            // As a command would: it returns its exit code.
        }
        try {
            exit.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
