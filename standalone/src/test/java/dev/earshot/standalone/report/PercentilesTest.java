package dev.earshot.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void takesTheNearestRank() {
        var percentiles = new Percentiles();
        for (int value = 100; value >= 1; value--) {
            percentiles.add(value);
        }
        assertThat(percentiles.at(50)).isEqualTo(50);
        assertThat(percentiles.at(95)).isEqualTo(95);
        assertThat(percentiles.at(100)).isEqualTo(100);
    }

    @Test
    void hasNoValue_whenNothingWasMeasured() {
        assertThat(new Percentiles().at(95)).isNaN();
    }
}
