package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in processes of their own, each with a temporary folder of its own, as in containers. */
class GpuClaimTest {

    private static final List<Gpu> GPUS = List.of(new Gpu(0, 0, "GPU-aa", "Small", 8_000));

    @TempDir
    Path folder;

    @Test
    void processesThatShareTheFolder_shareNoGpu() throws Exception {
        Path locks = folder.resolve("locks");
        Process other = holder(locks);
        try {
            assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("holds GPU 0");
            assertThatThrownBy(() -> claim(locks))
                    .isInstanceOf(GpuUnavailableException.class)
                    .hasMessage("another worker has GPU 0");
            claim(folder.resolve("of another machine")).close();
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();

        claim(locks).close();
    }

    private static GpuClaim claim(Path locks) {
        return GpuClaim.of(Computing.ANY_GPU, GPUS, locks);
    }

    private Process holder(Path locks) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        locks.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Claims the GPU and holds it until it is killed, or nobody is left to kill it. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            GpuClaim claim = claim(Path.of(arguments[0]));
            System.out.println("holds GPU " + claim.gpu().number());
            int unused = System.in.read();
        }
    }
}
