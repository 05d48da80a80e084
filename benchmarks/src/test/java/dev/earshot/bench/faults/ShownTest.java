package dev.earshot.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody speaks for two seconds, pauses, and speaks again at eight seconds. */
class ShownTest {

    private static final List<Shown> NORMAL = List.of(
            new Shown(500, 300),
            new Shown(1000, 800),
            new Shown(1500, 1300),
            new Shown(2000, 1800),
            new Shown(8500, 8300));

    @Test
    void isNotLate_whenTheSameIsShownAtTheSameTimes() {
        assertThat(Shown.latest(NORMAL, NORMAL)).isZero();
    }

    @Test
    void isLateByTheTimeInWhichNothingNewCame() {
        List<Shown> stalled = List.of(new Shown(500, 300), new Shown(2400, 1800), new Shown(8500, 8300));

        assertThat(Shown.latest(stalled, NORMAL)).isEqualTo(1400);
    }

    @Test
    void doesNotCountPauses() {
        List<Shown> lateAfterThePause = List.of(
                new Shown(500, 300),
                new Shown(1000, 800),
                new Shown(1500, 1300),
                new Shown(2000, 1800),
                new Shown(8700, 8500));

        assertThat(Shown.latest(lateAfterThePause, NORMAL)).isEqualTo(200);
    }

    @Test
    void isNotLate_whenItHasSeenMore() {
        assertThat(Shown.latest(List.of(new Shown(400, 1800), new Shown(8500, 8300)), NORMAL))
                .isZero();
    }
}
