package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BotPulseTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BotPulse pulse = new BotPulse(START);

    @Test
    void missesABot_thatFellSilentOrWasNeverHeard() {
        pulse.beat("a", START.plusSeconds(5));
        assertThat(silent("a", 15)).isFalse();
        assertThat(silent("a", 16)).isTrue();
        assertThat(silent("b", 10)).isFalse();
        assertThat(silent("b", 11)).isTrue();
        pulse.beat("a", START.plusSeconds(16));
        assertThat(silent("a", 26)).isFalse();
    }

    @Test
    void holdsNoSilenceAgainstAnybody_whileItCouldNotHear() {
        pulse.beat("a", START.plusSeconds(5));
        pulse.deaf(START.plusSeconds(100));
        assertThat(silent("a", 110)).isFalse();
        assertThat(silent("a", 111)).isTrue();
    }

    @Test
    void misses_alsoWhatItForgot() {
        pulse.beat("a", START.plusSeconds(1));
        pulse.beat("b", START.plusSeconds(20));
        pulse.forget(PATIENCE, START.plusSeconds(25));
        assertThat(silent("a", 25)).isTrue();
        assertThat(silent("b", 25)).isFalse();
    }

    private boolean silent(String session, int second) {
        return pulse.isSilent(session, PATIENCE, START.plusSeconds(second));
    }
}
