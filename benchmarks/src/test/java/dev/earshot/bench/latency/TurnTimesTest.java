package dev.earshot.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bench.latency.MeetingEar.Heard;
import dev.earshot.bench.latency.SpeechLoop.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTimesTest {

    private static final int MS = SpeechLoop.SAMPLES_PER_MS;
    private static final Span TURN = new Span(1000 * MS, 5000 * MS);

    @Test
    void takesTheFirstTextOfTheFirstSegment_andTheFinalOfTheLast() {
        var heard = List.of(
                new Heard(2900, 5010, 3500, 5900, 0),
                new Heard(980, 2500, 1400, 3100, 0),
                new Heard(6200, 9000, 6600, 9900, 0));

        TurnTimes times = TurnTimes.of(TURN, heard);

        assertThat(times.firstTextAt()).hasValue(1400);
        assertThat(times.finalAt()).hasValue(5900);
    }

    @Test
    void hasNoFinal_whenTheLastSegmentIsStillOpen() {
        TurnTimes times =
                TurnTimes.of(TURN, List.of(new Heard(980, 2500, 1400, 3100, 0), new Heard(2900, 5000, 3500, 0, 0)));

        assertThat(times.firstTextAt()).hasValue(1400);
        assertThat(times.finalAt()).isEmpty();
    }

    @Test
    void hasNothing_whenOnlyItsNeighboursWereHeard() {
        TurnTimes times =
                TurnTimes.of(TURN, List.of(new Heard(100, 1100, 500, 1700, 0), new Heard(4900, 8000, 5400, 8900, 0)));

        assertThat(times.firstTextAt()).isEmpty();
        assertThat(times.finalAt()).isEmpty();
    }
}
