package dev.earshot.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody speaks from 100 to 2000, pauses, and speaks again from 8000 to 8400. */
class ShownTest {

    private static final List<Shown.Turn> TURNS = List.of(new Shown.Turn(100, 2000), new Shown.Turn(8000, 8400));

    @Test
    void waitsAsLongAsTextIsRare_whenAllIsWell() {
        List<Shown> steady = List.of(
                new Shown(500, 300),
                new Shown(1000, 800),
                new Shown(1500, 1300),
                new Shown(2500, 2200),
                new Shown(8500, 8400));

        assertThat(longestWait(steady)).isEqualTo(1200);
    }

    @Test
    void waitsForAllThatWasSaidSinceTheLastText() {
        List<Shown> stalled = List.of(new Shown(500, 300), new Shown(6400, 2200), new Shown(8500, 8400));

        assertThat(Shown.waits(stalled, TURNS, 10_000)).contains(new Shown.Wait(6400, 6100, 5900));
        assertThat(longestWait(stalled)).isEqualTo(6100);
    }

    @Test
    void doesNotCountPauses() {
        List<Shown> lateForTheSecond = List.of(new Shown(150, 2200), new Shown(9900, 8400));

        assertThat(longestWait(lateForTheSecond)).isEqualTo(1900);
    }

    @Test
    void waitsToTheEndForWhatNeverCame() {
        assertThat(Shown.waits(List.of(new Shown(500, 300)), TURNS, 10_000))
                .containsExactly(
                        new Shown.Wait(500, 400, 400),
                        new Shown.Wait(10_000, 9_700, 9_500),
                        new Shown.Wait(10_000, 2_000, 2_000));
    }

    @Test
    void standsStillFromTheLastText_orFromTheFirstSoundAfterIt() {
        List<Shown> late = List.of(new Shown(4000, 1000), new Shown(4500, 2200), new Shown(9900, 8400));

        assertThat(Shown.waits(late, TURNS, 10_000))
                .containsExactly(
                        new Shown.Wait(4000, 3900, 3900),
                        new Shown.Wait(4500, 3500, 500),
                        new Shown.Wait(9900, 1900, 1900));
    }

    @Test
    void standsStillBeforeNewsOfAnEarlierTurn() {
        List<Shown.Turn> soon = List.of(new Shown.Turn(100, 2000), new Shown.Turn(3000, 5000));
        List<Shown> caughtUp = List.of(new Shown(2100, 2050), new Shown(9000, 2700), new Shown(9100, 5000));

        assertThat(Shown.waits(caughtUp, soon, 10_000))
                .containsExactly(new Shown.Wait(2100, 2000, 2000), new Shown.Wait(9100, 6100, 6000));
    }

    private static long longestWait(List<Shown> shown) {
        return Shown.waits(shown, TURNS, 10_000).stream()
                .mapToLong(Shown.Wait::micros)
                .max()
                .orElseThrow();
    }
}
