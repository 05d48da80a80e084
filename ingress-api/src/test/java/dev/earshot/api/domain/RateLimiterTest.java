package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.api.domain.RateLimiter.Verdict;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final long SECOND = 1_000_000_000L;

    /** Near the end of the numbers, as {@link System#nanoTime} may be. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final RateLimiter limiter = new RateLimiter(6);

    @Test
    void allowsAMinutesBudgetAtOnce_andThenSaysWhenToComeBack() {
        for (int left = 5; left >= 0; left--) {
            assertThat(limiter.call("ada", START)).isEqualTo(new Verdict(true, left, 0));
        }
        assertThat(limiter.call("ada", START)).isEqualTo(new Verdict(false, 0, 10));
        assertThat(limiter.call("ada", START + 9 * SECOND)).isEqualTo(new Verdict(false, 0, 1));
        assertThat(limiter.call("ada", START + 10 * SECOND)).isEqualTo(new Verdict(true, 0, 0));
        assertThat(limiter.call("ada", START + 10 * SECOND).allowed()).isFalse();
        assertThat(limiter.call("ada", START + 200 * SECOND)).isEqualTo(new Verdict(true, 5, 0));
    }

    @Test
    void countsEverybodyAlone() {
        for (int i = 0; i < 7; i++) {
            limiter.call("ada", START);
        }
        assertThat(limiter.call("bob", START)).isEqualTo(new Verdict(true, 5, 0));
    }

    @Test
    void countsOn_whileItForgetsThoseWhoseBudgetIsWhole() {
        var busy = new RateLimiter(30_000);
        long allowed = 0;
        for (int i = 0; i < 40_000; i++) {
            allowed += busy.call("ada", START).allowed() ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(30_000);
    }

    @Test
    void refusesABudgetOfNothing() {
        assertThatThrownBy(() -> new RateLimiter(0)).hasMessage("perMinute: 0 (expected: at least 1)");
    }
}
