package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();

    @Test
    void aPartitionThatComesBack_hasAnotherTurn() {
        turns.begin(List.of(3, 4));
        Turn first = turns.of(3);
        Turn neighbour = turns.of(4);

        assertThat(turns.end(List.of(3))).containsExactly(first);
        assertThat(turns.of(3)).isNull();
        assertThat(turns.isCurrent(first)).isFalse();

        turns.begin(List.of(3));
        assertThat(turns.isCurrent(turns.of(3))).isTrue();
        assertThat(turns.of(3)).isNotSameAs(first);
        assertThat(turns.isCurrent(first)).isFalse();
        assertThat(turns.isCurrent(neighbour)).isTrue();
    }

    @Test
    void aTurnThatWasNeverEnded_isOverWhenTheNextBegins() {
        turns.begin(List.of(0));
        Turn lost = turns.of(0);

        turns.begin(List.of(0));

        assertThat(turns.isCurrent(lost)).isFalse();
        assertThat(turns.of(0)).isNotNull();
    }

    @Test
    void anAnswer_isToldOnce_andOfTheTurnInWhichItCame() {
        turns.begin(List.of(3, 4));
        Turn first = turns.of(3);
        turns.answered(List.of(3, 9));
        assertThat(turns.of(4).hasAnswered()).isFalse();
        assertThat(first.hasAnswered()).isTrue();
        assertThat(first.hasAnswered()).isFalse();

        turns.answered(List.of(3));
        turns.end(List.of(3));
        turns.begin(List.of(3));
        assertThat(turns.of(3).hasAnswered()).isFalse();
    }

    @Test
    void whatWasNeverHere_cannotEnd() {
        assertThat(turns.end(List.of(7))).isEmpty();
        assertThat(turns.of(7)).isNull();
    }
}
