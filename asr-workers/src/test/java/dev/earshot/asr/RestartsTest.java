package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.port.AsrEvents;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private final AtomicInteger failing = new AtomicInteger();
    private final AtomicInteger restarted = new AtomicInteger();
    private final TrackLoop loop = new TrackLoop(this::failed);
    private final Restarts restarts = new Restarts(Duration.ofMillis(1), loop, new Work(), new AsrEvents() {
        @Override
        public void restarted() {
            restarted.incrementAndGet();
        }
    });

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void workGoesOn_afterAFailure() throws InterruptedException {
        loop.execute(restarts::begin);
        assertThat(next()).isEqualTo("begun");

        loop.execute(() -> {
            restarts.failed(new IllegalStateException("injected by a test"));
            restarts.failed(new IllegalStateException("the same again"));
            happened.add(String.valueOf(restarts.trouble()));
        });

        assertThat(next()).isEqualTo("dropped");
        assertThat(next()).contains("injected by a test");
        assertThat(next()).isEqualTo("begun");
        assertThat(trouble()).isEqualTo("null");
        assertThat(restarted).hasValue(1);
    }

    @Test
    void aBeginningThatThrows_isTriedAgain_untilItHolds() throws InterruptedException {
        failing.set(7);
        loop.execute(restarts::begin);

        for (int i = 0; i < 7; i++) {
            assertThat(next()).isEqualTo("refused");
            assertThat(next()).isEqualTo("dropped");
        }
        assertThat(next()).isEqualTo("begun");
        assertThat(trouble()).isEqualTo("null");
        assertThat(restarted).hasValue(7);
    }

    private void failed(Throwable reason) {
        restarts.failed(reason);
    }

    private String trouble() throws InterruptedException {
        loop.execute(() -> happened.add(String.valueOf(restarts.trouble())));
        return next();
    }

    private String next() throws InterruptedException {
        return happened.poll(10, TimeUnit.SECONDS);
    }

    private final class Work implements Restarts.Work {

        @Override
        public void begin() {
            if (failing.getAndDecrement() > 0) {
                happened.add("refused");
                throw new IllegalStateException("injected by a test");
            }
            happened.add("begun");
        }

        @Override
        public void drop() {
            happened.add("dropped");
        }
    }
}
