package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a model where it shall compute: on a GPU that no other worker has and that passes its self-test, else on the CPU. With
 * {@code auto} whatever goes wrong on the way to the GPU leads to the CPU, and the recogniser says why; with {@code cuda} it is
 * an error.
 */
final class Placement {

    /** Loads the model. */
    interface Loader {
        Recognizer load(Compute compute);
    }

    /** Makes a GPU ready for graphs. */
    interface Opener {
        Compute open(int threads, Gpu gpu, long memoryBytes);
    }

    private static final Logger log = LoggerFactory.getLogger(Placement.class);

    private static final long MEGABYTE = 1024 * 1024;

    private final Gpus gpus;
    private final Opener opener;
    private final Consumer<Compute> selfTest;

    /** @param selfTest throws {@link GpuUnavailableException} when the device cannot be used */
    Placement(Gpus gpus, Opener opener, Consumer<Compute> selfTest) {
        this.gpus = gpus;
        this.opener = opener;
        this.selfTest = selfTest;
    }

    static Placement ofThisMachine() {
        return new Placement(new NvidiaSmi(), Compute::onGpu, ProviderSelfTest::check);
    }

    /**
     * Throws {@link ModelException} with a sentence when the model cannot be used there, and IllegalArgumentException with one
     * when there is a GPU but no folder to claim it in.
     */
    Recognizer place(Computing wanted, Loader loader) {
        if (wanted.provider() == Provider.CPU) {
            return onCpu(wanted, loader);
        }
        List<Gpu> visible = gpus.visible();
        if (wanted.provider() == Provider.AUTO && visible.isEmpty()) {
            log.info("provider=cpu wanted=auto reason=\"there is no GPU\"");
            return onCpu(wanted, loader);
        }
        try {
            return onGpu(wanted, visible, loader);
        } catch (GpuUnavailableException e) {
            if (wanted.provider() == Provider.CUDA) {
                throw new ModelException(
                        "PROVIDER: cuda cannot be used (" + e.getMessage()
                                + "); install CUDA 12 and build with -Pgpu, choose another ASR_GPU, or set PROVIDER=cpu",
                        e);
            }
            return new Placed(onCpu(wanted, loader), null, e.getMessage());
        } catch (ModelException e) {
            if (wanted.provider() == Provider.CUDA) {
                throw e;
            }
            // Too little memory, an operator that is not there: or the model itself, which then fails here as well.
            return new Placed(onCpu(wanted, loader), null, e.getMessage());
        }
    }

    private static Recognizer onCpu(Computing wanted, Loader loader) {
        try (Compute compute = Compute.onCpu(wanted.threads())) {
            return loader.load(compute);
        }
    }

    private Recognizer onGpu(Computing wanted, List<Gpu> visible, Loader loader) {
        GpuClaim claim = GpuClaim.of(wanted.gpu(), visible, wanted.gpuLocks());
        try (Compute compute = opener.open(wanted.threads(), claim.gpu(), memory(wanted, claim.gpu()))) {
            selfTest.accept(compute);
            log.info(
                    "gpu={} name=\"{}\" free_mb={}",
                    claim.gpu().number(),
                    claim.gpu().name(),
                    claim.gpu().freeMb());
            return new Placed(loader.load(compute), claim, null);
        } catch (RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /** What a graph may take: a tenth is left to CUDA itself and to libraries that allocate on their own. */
    static long memory(Computing wanted, Gpu gpu) {
        if (wanted.gpuMemoryMb() > 0) {
            return wanted.gpuMemoryMb() * MEGABYTE;
        }
        return gpu.freeMb() == 0 ? Long.MAX_VALUE : gpu.freeMb() * MEGABYTE / 10 * 9;
    }

    /** A recogniser, the GPU that it holds, and why it has none although it should. */
    private record Placed(Recognizer recognizer, @Nullable GpuClaim claim, @Nullable String whyNotGpu)
            implements Recognizer {

        @Override
        public ModelInfo model() {
            return recognizer.model().onCpuBecause(whyNotGpu);
        }

        @Override
        public List<Transcription> decode(List<Window> windows) {
            return recognizer.decode(windows);
        }

        @Override
        public void close() {
            recognizer.close();
            if (claim != null) {
                claim.close();
            }
        }
    }
}
