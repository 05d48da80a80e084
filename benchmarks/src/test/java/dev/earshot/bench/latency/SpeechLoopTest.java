package dev.earshot.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.bench.latency.SpeechLoop.Span;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechLoopTest {

    private static final int SECOND = 16_000;
    private static final int PAUSE = 1200 * SpeechLoop.SAMPLES_PER_MS;

    /** Half a second of silence, a second of sound, half a second of silence. */
    private static short[] turn(int loudness) {
        short[] samples = new short[2 * SECOND];
        Arrays.fill(samples, SECOND / 2, SECOND * 3 / 2, (short) loudness);
        return samples;
    }

    private final SpeechLoop loop = SpeechLoop.of(List.of(turn(1000), turn(2000)));

    @Test
    void findsWhereSomebodySpeaks_withoutTheSilenceAround() {
        int second = 2 * SECOND + PAUSE;

        assertThat(loop.length()).isEqualTo(2 * second);
        assertThat(loop.turns(0, loop.length()))
                .containsExactly(
                        new Span(SECOND / 2, SECOND * 3 / 2), new Span(second + SECOND / 2, second + SECOND * 3 / 2));
    }

    @Test
    void goesRound_fromAnyPhase() {
        int second = 2 * SECOND + PAUSE;
        short[] samples = new short[SECOND];

        loop.copy(second + SECOND / 2, 0, samples);
        assertThat(samples).containsOnly((short) 2000);
        loop.copy(second, second + SECOND / 2, samples);
        assertThat(samples).containsOnly((short) 1000);
    }

    @Test
    void tellsOnlyTurnsThatAreSpokenWhole() {
        int phase = SECOND;
        int second = 2 * SECOND + PAUSE;

        assertThat(loop.turns(phase, second)).isEmpty();
        assertThat(loop.turns(phase, second + SECOND / 2))
                .containsExactly(new Span(second - SECOND / 2, second + SECOND / 2));
    }

    @Test
    void isSharedAmongPeople_ofWhomOneSpeaksAtATime() {
        List<SpeechLoop> people = loop.among(2);
        short[] samples = new short[loop.length()];

        assertThat(people)
                .extracting(each -> each.turns(0, loop.length()))
                .containsExactly(
                        loop.turns(0, loop.length()).subList(0, 1),
                        loop.turns(0, loop.length()).subList(1, 2));
        people.get(0).copy(0, 0, samples);
        assertThat(samples).contains((short) 1000).doesNotContain((short) 2000);
        people.get(1).copy(0, 0, samples);
        assertThat(samples).contains((short) 2000).doesNotContain((short) 1000);
    }

    @Test
    void isNotSharedAmongMoreThanItHasTurns() {
        assertThatThrownBy(() -> loop.among(3)).hasMessage("people: 3 (expected: 1..2)");
        assertThatThrownBy(() -> loop.among(0)).hasMessage("people: 0 (expected: 1..2)");
    }

    @Test
    void knowsTheTenTurnsOfTheDemo() {
        SpeechLoop demo = SpeechLoop.ofDemo();

        assertThat(demo.turns(0, demo.length())).hasSize(10).allSatisfy(turn -> assertThat(turn.end() - turn.start())
                .isBetween(2L * SECOND, 7L * SECOND));
    }
}
