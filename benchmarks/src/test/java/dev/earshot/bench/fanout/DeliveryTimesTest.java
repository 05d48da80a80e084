package dev.earshot.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryTimesTest {

    @Test
    void saysWhatSoManyPerCentTookAtMost() {
        var times = new DeliveryTimes();
        assertThat(times.at(99)).isNaN();
        for (int ms = 1; ms <= 100; ms++) {
            times.add(ms * 1000 - 1);
        }
        assertThat(times.at(50)).isEqualTo(50);
        assertThat(times.at(99)).isEqualTo(99);
        assertThat(times.at(100)).isEqualTo(100);
        times.add(-5);
        times.add(Long.MAX_VALUE);
        assertThat(times.at(0.5)).isEqualTo(0.1);
        assertThat(times.at(100)).isEqualTo(120_000);
        assertThat(times.count()).isEqualTo(102);
    }
}
