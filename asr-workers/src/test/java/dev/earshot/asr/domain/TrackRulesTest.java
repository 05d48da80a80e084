package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackRulesTest {

    @Test
    void partialsComeAtTheirInterval_andSlowerInALongUtterance() {
        assertThat(intervalMs(0)).isEqualTo(500);
        assertThat(intervalMs(2000)).isEqualTo(500);
        assertThat(intervalMs(3000)).isEqualTo(750);
        assertThat(intervalMs(15_000)).isEqualTo(1000);
    }

    private static long intervalMs(int heardMs) {
        return TrackRules.DEFAULTS.partialIntervalSamples(heardMs * 16L) / 16;
    }
}
