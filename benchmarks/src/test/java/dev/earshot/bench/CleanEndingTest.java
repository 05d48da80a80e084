package dev.earshot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CleanEndingTest {

    /** After the work its thread asks for the exit of the process, which waits for the hook that waits here. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForTheWorkToBeClosed_notForItsThread() throws Exception {
        var opened = new CompletableFuture<CleanEnding>();
        var work = new CountDownLatch(1);
        var exit = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        var working = new Thread(() -> {
            try (var ending = CleanEnding.ofThisThread()) {
                opened.complete(ending);
                work.await();
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            awaitQuietly(exit);
        });
        working.start();

        opened.get().end();

        assertThat(interrupted.get()).isTrue();
        assertThat(working.isAlive()).isTrue();
        exit.countDown();
        working.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
