package dev.earshot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bench.latency.LatencyRow;
import dev.earshot.bench.wer.Heard;
import dev.earshot.bench.wer.WerRow;
import dev.earshot.bench.worker.WorkerRow;
import dev.earshot.standalone.report.Percentiles;
import dev.earshot.standalone.report.WordErrors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs read these rows: the keys are a promise. */
class RowsTest {

    private static Percentiles of(double... values) {
        var percentiles = new Percentiles();
        for (double value : values) {
            percentiles.add(value);
        }
        return percentiles;
    }

    @Test
    void latency() {
        var row = new LatencyRow(10, of(100, 200), of(700, 800), of(20, 40), of(2100.06), 0.99996, 20, 1, 1.5);

        assertThat(row.json())
                .isEqualTo("{\"tracks\":10,\"first_partial_ms_p50\":100.0,\"first_partial_ms_p95\":200.0,"
                        + "\"final_ms_p50\":700.0,\"final_ms_p95\":800.0,\"pipeline_ms_p99\":40.0,"
                        + "\"final_to_row_ms_p95\":2100.1,\"coverage\":1.0000}");
        assertThat(row.line()).contains("100 / 200 ms", "700 / 800 ms", "20 / 40 ms", "2100 ms", "20/1", "1.50");
    }

    @Test
    void saysNull_whereNothingWasMeasured() {
        var row = new LatencyRow(1, of(), of(), of(), of(), Double.NaN, 0, 0, 0);

        assertThat(row.json())
                .contains("\"tracks\":1", "\"first_partial_ms_p50\":null", "\"coverage\":null")
                .doesNotContain("NaN");
    }

    @Test
    void wer() {
        var heard = new Heard(WordErrors.between("a b c d", "a b c"), WordErrors.between("a b", "a b"));
        var row = new WerRow(1, heard, heard, 200.04, of(500, 600), of(300, 400));

        assertThat(row.json())
                .isEqualTo("{\"utterances\":1,\"words\":4,\"wer_offline\":0.2500,\"wer_streaming\":0.2500,"
                        + "\"cer_offline\":0.0000,\"cer_streaming\":0.0000,\"rtfx\":200.0,"
                        + "\"first_partial_ms_p50\":500.0,\"first_partial_ms_p95\":600.0,"
                        + "\"final_ms_p50\":300.0,\"final_ms_p95\":400.0}");
        assertThat(row.text()).contains("25.0 %", "500 / 600 ms", "300 / 400 ms");
    }

    @Test
    void worker() {
        var row = new WorkerRow(List.of(0.98, 0.93449, 0.85), 151.2, 312.34, 1994, 1700, 18, 0.96);
        assertThat(row.json())
                .isEqualTo("{\"ratio_to_bare\":0.934,\"ratio_to_bare_min\":0.850,\"ratio_to_bare_max\":0.980,"
                        + "\"tracks_per_core\":151,\"rtfx\":312.3}");
        assertThat(row.text()).contains("93 %  (median of 3 rounds, 85 to 98 %)");
    }
}
