package dev.earshot.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TalkTest {

    @Test
    void speaksLikeAWorker_revisionByRevisionUntilTheFinal() {
        var turn = IntStream.range(0, 5)
                .mapToObj(step -> Talk.next(7, step, Instant.EPOCH))
                .toList();

        assertThat(turn).extracting(AsrHypothesis::getRevision).containsExactly(1, 2, 3, 4, 5);
        assertThat(turn).extracting(AsrHypothesis::getUtteranceId).containsOnly("bench-7:t0:0");
        assertThat(turn).extracting(said -> said.getWords().size()).containsExactly(2, 4, 6, 8, 10);
        assertThat(turn.get(3).getKind()).isEqualTo(HypothesisKind.PARTIAL);
        assertThat(turn.get(4)).isEqualTo(Talk.finished(7, 0, Instant.EPOCH));
        assertThat(Talk.next(7, 5, Instant.EPOCH).getUtteranceId()).isEqualTo("bench-7:t0:5000");
    }

    @Test
    void countsAreTheSameOnTheOtherSideOfThePipe() {
        var counts = new Counts(10, 2, 3, 4, 5, 6, 7);

        assertThat(Counts.parse(counts.line())).isEqualTo(counts);
        assertThat(counts.workNanos()).isEqualTo(8);
    }
}
