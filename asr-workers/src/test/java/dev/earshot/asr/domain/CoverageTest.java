package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoverageTest {

    private final Coverage coverage = new Coverage();

    @Test
    void zerosAcrossTheEndOfAReport_areToldInBoth() {
        coverage.begin(0);
        coverage.silence(16_000);
        coverage.zeros(new Gap(8000, 24_000, Gap.Reason.CAPTURE_LOST));

        Progress first = coverage.report(false, false);
        coverage.silence(40_000);
        Progress second = coverage.report(true, false);

        assertThat(first).isNotNull();
        assertThat(first.endSample()).isEqualTo(16_000);
        assertThat(first.gaps()).containsExactly(new Gap(8000, 16_000, Gap.Reason.CAPTURE_LOST));
        assertThat(second).isNotNull();
        assertThat(second.startSample()).isEqualTo(16_000);
        assertThat(second.gaps()).containsExactly(new Gap(16_000, 24_000, Gap.Reason.CAPTURE_LOST));
    }

    @Test
    void speechThatNobodyCouldDecode_isAGap() {
        coverage.begin(0);
        coverage.utterance(16_000, 48_000, false);
        coverage.utterance(48_000, 64_000, false);
        coverage.settle(16_000, Gap.Reason.DECODE_FAILED);
        coverage.settle(48_000, null);

        assertThat(coverage.report(true, false)).isNotNull().satisfies(report -> assertThat(report.gaps())
                .containsExactly(new Gap(16_000, 48_000, Gap.Reason.DECODE_FAILED)));
    }

    @Test
    void zerosBehindAReport_waitForTheNext() {
        coverage.begin(0);
        coverage.silence(16_000);
        coverage.zeros(new Gap(16_000, 24_000, Gap.Reason.CAPTURE_LOST));

        assertThat(coverage.report(false, false)).isNotNull().satisfies(report -> assertThat(report.gaps())
                .isEmpty());
        coverage.silence(40_000);
        assertThat(coverage.report(true, false)).isNotNull().satisfies(report -> assertThat(report.gaps())
                .containsExactly(new Gap(16_000, 24_000, Gap.Reason.CAPTURE_LOST)));
    }
}
