package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class BatchLimitTest {

    private final BatchLimit limit = new BatchLimit(32, Duration.ofMillis(300));

    @Test
    void aModelWhoseWindowsTakeLong_decodesOneByOne() {
        decode(100, windows -> 1500 * windows);

        assertThat(limit.size()).isEqualTo(1);
    }

    @Test
    void aModelThatCostsByTheCall_decodesAllTogether() {
        decode(100, windows -> 200 + windows);

        assertThat(limit.size()).isEqualTo(32);
    }

    @Test
    void aModelThatCostsByTheWindow_decodesAsManyAsFit() {
        for (int batch = 0; batch < 100; batch++) {
            decode(1, windows -> 20 * windows);
            assertThat(limit.size()).isLessThanOrEqualTo(16);
        }
        decode(9, windows -> 20 * windows);
        assertThat(limit.size()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aBatchWithoutEnoughWindows_tellsNothingOfLargerOnes() {
        limit.took(1, Duration.ofMillis(1));
        limit.took(1, Duration.ofMillis(1));

        assertThat(limit.size()).isEqualTo(2);
    }

    private void decode(int batches, IntUnaryOperator millis) {
        for (int batch = 0; batch < batches; batch++) {
            int windows = limit.size();
            limit.took(windows, Duration.ofMillis(millis.applyAsInt(windows)));
        }
    }
}
