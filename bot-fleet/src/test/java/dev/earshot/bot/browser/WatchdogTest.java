package dev.earshot.bot.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicInteger kills = new AtomicInteger();
    /** Near the end of the numbers, as {@link System#nanoTime} may be. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    @Test
    void killsByItself_whenNothingIsHeard() throws InterruptedException {
        var killed = new CountDownLatch(1);
        try (Watchdog watchdog = Watchdog.start(Duration.ofMillis(100), Duration.ZERO, killed::countDown, "test")) {
            assertThat(killed.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(watchdog.fired()).isTrue();
        }
    }

    @Test
    void killsOnce() {
        try (Watchdog watchdog = watching(Duration.ZERO)) {
            lookAfter(watchdog, PATIENCE);
            assertThat(kills).hasValue(0);

            lookAfter(watchdog, Duration.ofMillis(1));
            assertThat(watchdog.fired()).isTrue();
            lookAfter(watchdog, PATIENCE.multipliedBy(2));
            assertThat(kills).hasValue(1);
        }
    }

    @Test
    void waits_whileThereAreSignsOfLife() {
        try (Watchdog watchdog = watching(Duration.ZERO)) {
            for (int i = 0; i < 8; i++) {
                lookAfter(watchdog, PATIENCE);
                watchdog.alive();
            }
            assertThat(watchdog.fired()).isFalse();
            assertThat(kills).hasValue(0);
        }
    }

    @Test
    void waitsLonger_forTheFirstSign() {
        try (Watchdog watchdog = watching(Duration.ofSeconds(30))) {
            lookAfter(watchdog, PATIENCE.plusSeconds(30));
            assertThat(watchdog.fired()).isFalse();

            watchdog.alive();
            lookAfter(watchdog, PATIENCE.plusMillis(1));
            assertThat(watchdog.fired()).isTrue();
        }
    }

    private Watchdog watching(Duration grace) {
        return new Watchdog(PATIENCE, grace, kills::incrementAndGet, "test", () -> now);
    }

    private void lookAfter(Watchdog watchdog, Duration time) {
        now += time.toNanos();
        watchdog.look();
    }
}
