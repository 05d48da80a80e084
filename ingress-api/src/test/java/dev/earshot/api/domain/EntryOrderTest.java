package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EntryOrderTest {

    @RepeatedTest(50)
    void handsOutEverythingOnceInOrder_howeverItComes(RepetitionInfo repetition) {
        Random chance = new Random(repetition.getCurrentRepetition());
        var coming = new ArrayList<Long>();
        LongStream.rangeClosed(4, 60).forEach(seq -> {
            coming.add(seq);
            if (chance.nextBoolean()) {
                coming.add(seq);
            }
        });
        Collections.shuffle(coming, chance);
        var order = new EntryOrder(3);

        List<Long> out = new ArrayList<>();
        coming.forEach(seq -> order.offer(entry(seq)).forEach(entry -> out.add(entry.seq())));

        assertThat(out)
                .containsExactlyElementsOf(LongStream.rangeClosed(4, 60).boxed().toList());
        assertThat(order.hasHole()).isFalse();
        assertThat(order.last()).isEqualTo(60);
    }

    @Test
    void waits_whenSomethingWasLeftOut() {
        var order = new EntryOrder(0);
        assertThat(order.offer(entry(2))).isEmpty();
        assertThat(order.hasHole()).isTrue();
        assertThat(order.offer(entry(1))).extracting(TranscriptEntry::seq).containsExactly(1L, 2L);
    }

    @Test
    void goesOnBehindTheHole_whenItIsGivenUp() {
        var order = new EntryOrder(0);
        order.offer(entry(3));
        order.offer(entry(4));
        order.offer(entry(6));
        assertThat(order.skipHole()).extracting(TranscriptEntry::seq).containsExactly(3L, 4L);
        assertThat(order.hasHole()).isTrue();
        assertThat(order.last()).isEqualTo(4);
        assertThat(order.offer(entry(1))).isEmpty();
        assertThat(order.offer(entry(5))).extracting(TranscriptEntry::seq).containsExactly(5L, 6L);
        assertThat(order.skipHole()).isEmpty();
        assertThat(order.last()).isEqualTo(6);
    }

    static TranscriptEntry entry(long seq) {
        return new TranscriptEntry(
                1,
                seq,
                TranscriptEntry.Kind.SEGMENT,
                "s",
                "s:t0:" + seq,
                "s:t0",
                null,
                "Ada",
                seq * 1000,
                seq * 1000 + 900,
                null,
                "words " + seq,
                List.of(),
                "en",
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH);
    }
}
