package dev.earshot.bot.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    @Test
    void killsOnce_whenNothingIsHeard() throws InterruptedException {
        var kills = new AtomicInteger();
        var killed = new CountDownLatch(1);
        try (Watchdog watchdog = Watchdog.start(
                Duration.ofMillis(100),
                Duration.ZERO,
                () -> {
                    kills.incrementAndGet();
                    killed.countDown();
                },
                "test")) {
            assertThat(killed.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(watchdog.fired()).isTrue();
            assertThat(kills).hasValue(1);
        }
    }

    @Test
    void waits_whileThereAreSignsOfLife() throws InterruptedException {
        var killed = new CountDownLatch(1);
        try (Watchdog watchdog = Watchdog.start(Duration.ofSeconds(2), Duration.ZERO, killed::countDown, "test")) {
            for (int i = 0; i < 8; i++) {
                watchdog.alive();
                assertThat(killed.await(300, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(watchdog.fired()).isFalse();
        }
    }
}
