package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class NvidiaSmiTest {

    private static final List<Gpu> ALL = NvidiaSmi.parse(
            List.of("0, GPU-11aa, NVIDIA L4, 22515", "1, GPU-22bb, NVIDIA L4, 120", "2, GPU-33cc, NVIDIA GB10, [N/A]"));

    @Test
    void readsItsAnswer() {
        assertThat(ALL)
                .containsExactly(
                        new Gpu(0, 0, "GPU-11aa", "NVIDIA L4", 22515),
                        new Gpu(1, 1, "GPU-22bb", "NVIDIA L4", 120),
                        new Gpu(2, 2, "GPU-33cc", "NVIDIA GB10", 0));
    }

    @Test
    void passesOver_whatIsNoDevice() {
        assertThat(NvidiaSmi.parse(List.of("No devices were found", "", "x, y, z, 1")))
                .isEmpty();
    }

    @Test
    void countsAsCudaDoes_whenOnlySomeAreVisible() {
        assertThat(NvidiaSmi.visible(ALL, null)).isEqualTo(ALL);
        assertThat(NvidiaSmi.visible(ALL, "2,0"))
                .extracting(Gpu::number, Gpu::ordinal)
                .containsExactly(tuple(2, 0), tuple(0, 1));
        assertThat(NvidiaSmi.visible(ALL, "GPU-22")).extracting(Gpu::number).containsExactly(1);
        assertThat(NvidiaSmi.visible(ALL, "0,7,1")).extracting(Gpu::number).containsExactly(0);
        assertThat(NvidiaSmi.visible(ALL, "")).isEmpty();
        assertThat(NvidiaSmi.visible(ALL, "-1")).isEmpty();
    }

    @Test
    void cudaIsAsked_forNoMoreMemoryThanAllowed() {
        assertThat(Compute.cudaOptions(1 << 20))
                .containsEntry("gpu_mem_limit", "1048576")
                .containsEntry("arena_extend_strategy", "kSameAsRequested")
                .containsEntry("cudnn_conv_algo_search", "HEURISTIC");
    }
}
