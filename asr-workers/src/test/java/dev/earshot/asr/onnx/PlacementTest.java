package dev.earshot.asr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.domain.ctc.LogProbs;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on machines with GPUs of the test's: their device is a CPU that is taken for one. */
class PlacementTest {

    private static final Gpu SMALL = new Gpu(0, 0, "GPU-aa", "Small", 8_000);
    private static final Gpu LARGE = new Gpu(1, 1, "GPU-bb", "Large", 40_000);

    private final List<Gpu> opened = new ArrayList<>();
    private final List<Long> memory = new ArrayList<>();
    private final List<Recognizer> placed = new ArrayList<>();
    private String selfTest = "passes";

    @TempDir
    Path locks;

    @AfterEach
    void close() {
        placed.forEach(Recognizer::close);
    }

    @Test
    void withoutAGpu_theCpuComputes_andNothingIsMissed() {
        ModelInfo model = place(Provider.AUTO).model();

        assertThat(model.provider()).isEqualTo("cpu");
        assertThat(model.whyNotGpu()).isNull();
        assertThat(opened).isEmpty();
    }

    @Test
    void theGpuWithTheMostFreeMemory_isTaken() {
        assertThat(place(Provider.AUTO, SMALL, LARGE).model().whyNotGpu()).isNull();

        assertThat(opened).containsExactly(LARGE);
        assertThat(memory).containsExactly(36_000L << 20);
    }

    @Test
    void noTwoWorkers_shareAGpu() {
        place(Provider.AUTO, SMALL, LARGE);
        place(Provider.AUTO, SMALL, LARGE);
        Recognizer third = place(Provider.AUTO, SMALL, LARGE);

        assertThat(opened).containsExactly(LARGE, SMALL);
        assertThat(third.model().provider()).isEqualTo("cpu");
        assertThat(third.model().whyNotGpu()).isEqualTo("another worker has GPU 1 and GPU 0");
    }

    @Test
    void workersThatShareNoFolder_knowNothingOfEachOther() {
        place(Provider.AUTO, SMALL, LARGE);
        locks = locks.resolve("of/another");
        place(Provider.AUTO, SMALL, LARGE);

        assertThat(opened).containsExactly(LARGE, LARGE);
    }

    @Test
    void aFolderForLocksThatCannotBeMade_isRefused_whereThereIsAGpu() throws IOException {
        Path file = Files.createFile(locks.resolve("file"));
        locks = file.resolve("locks");

        refusesTheFolder("Not a directory", SMALL);
        assertThat(place(Provider.CPU, SMALL).model().whyNotGpu())
                .as("without a GPU there is nothing to lock")
                .isNull();
        assertThat(place(Provider.AUTO).model().whyNotGpu()).isNull();
        locks = file;
        refusesTheFolder("FileAlreadyExistsException", SMALL);
        assertThat(opened).isEmpty();
    }

    @Test
    void aFolderThatTakesNoLock_isRefused() {
        // Root may write anywhere; a name that no file can have stands for a folder that takes none.
        refusesTheFolder("File name too long", new Gpu(0, 0, "GPU-" + "a".repeat(300), "Small", 8_000));
        assertThat(opened).isEmpty();
    }

    @Test
    void aLockThatIsNotOurs_leavesTheGpu() throws IOException {
        Path lock = Files.createDirectory(locks.resolve("earshot-GPU-aa.lock"));

        assertThat(place(Provider.AUTO, SMALL).model().whyNotGpu())
                .isEqualTo("its lock " + lock + " cannot be had (Is a directory); workers that share ASR_GPU_LOCKS must"
                        + " run as one user");
    }

    @Test
    void aGpuIsFreeAgain_whenItsWorkerCloses() {
        place(Provider.CUDA, SMALL).close();
        place(Provider.CUDA, SMALL);

        assertThat(opened).containsExactly(SMALL, SMALL);
    }

    @Test
    void aGpuByItsNumber_isTakenOrRefused() {
        place(computing(Provider.CUDA, 0, 500), SMALL, LARGE);
        assertThat(opened).containsExactly(SMALL);
        assertThat(memory).containsExactly(500L << 20);

        refuses("another worker has GPU 0", computing(Provider.CUDA, 0, 0), SMALL, LARGE);
        refuses("there is no GPU 2 (expected: one of [0, 1])", computing(Provider.CUDA, 2, 0), SMALL, LARGE);
        refuses("nvidia-smi shows no GPU", computing(Provider.CUDA, Computing.ANY_GPU, 0));
    }

    @Test
    void aGpuThatFailsItsTest_isLeft_andTheCpuComputes() {
        selfTest = "its self-test failed: no kernel image is available for execution on the device";
        Recognizer worker = place(Provider.AUTO, LARGE);

        assertThat(worker.model().provider()).isEqualTo("cpu");
        assertThat(worker.model().whyNotGpu()).isEqualTo(selfTest);
        refuses(selfTest, computing(Provider.CUDA, Computing.ANY_GPU, 0), LARGE);
        selfTest = "passes";
        assertThat(place(Provider.CUDA, LARGE).model().whyNotGpu())
                .as("its claim was given back")
                .isNull();
    }

    @Test
    void aModelThatTheGpuCannotHold_isLoadedOnTheCpu() {
        var loads = new ArrayList<Compute>();
        Placement placement = placement(LARGE);
        Placement.Loader loader = compute -> {
            loads.add(compute);
            if (loads.size() == 1) {
                throw new ModelException("out of memory");
            }
            return new Silent(compute);
        };

        Recognizer worker = placement.place(computing(Provider.AUTO, Computing.ANY_GPU, 0), loader);

        assertThat(worker.model().whyNotGpu()).isEqualTo("out of memory");
        assertThatThrownBy(() -> {
                    loads.clear();
                    placement.place(computing(Provider.CUDA, Computing.ANY_GPU, 0), loader);
                })
                .hasMessage("out of memory");
    }

    @Test
    void theSelfTest_passesWhereItShould_andTellsWrongFromRight() {
        try (Compute cpu = Compute.onCpu(1)) {
            ProviderSelfTest.check(cpu);
        }
        LogProbs right = new LogProbs(new float[] {-0.1f, -2.4f}, 0, 1, 2);

        assertThat(ProviderSelfTest.furthestApart(right, new LogProbs(new float[] {-0.11f, -2.3f}, 0, 1, 2)))
                .isBetween(0.001, 0.02);
        assertThat(ProviderSelfTest.furthestApart(right, new LogProbs(new float[] {-2.4f, -0.1f}, 0, 1, 2)))
                .isGreaterThan(0.5);
        assertThat(ProviderSelfTest.furthestApart(right, new LogProbs(new float[] {Float.NaN, -2.4f}, 0, 1, 2)))
                .isNaN();
        assertThat(ProviderSelfTest.furthestApart(right, new LogProbs(new float[2], 0, 2, 1)))
                .isInfinite();
    }

    private Computing computing(Provider provider, int gpu, int memoryMb) {
        return new Computing(provider, 1, gpu, memoryMb, locks);
    }

    private Recognizer place(Provider provider, Gpu... gpus) {
        return place(computing(provider, Computing.ANY_GPU, 0), gpus);
    }

    private Recognizer place(Computing wanted, Gpu... gpus) {
        Recognizer recognizer = placement(gpus).place(wanted, Silent::new);
        placed.add(recognizer);
        return recognizer;
    }

    private void refuses(String reason, Computing wanted, Gpu... gpus) {
        assertThatThrownBy(() -> place(wanted, gpus))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("PROVIDER: cuda cannot be used (" + reason + ");");
    }

    private void refusesTheFolder(String reason, Gpu gpu) {
        for (Provider provider : List.of(Provider.AUTO, Provider.CUDA)) {
            assertThatThrownBy(() -> place(provider, gpu))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ASR_GPU_LOCKS: " + locks + " cannot be made or written (" + reason
                            + "); let this user write there, name another folder for all workers of this machine, or set"
                            + " PROVIDER=cpu");
        }
    }

    private Placement placement(Gpu... gpus) {
        return new Placement(
                () -> List.of(gpus),
                (threads, gpu, bytes) -> {
                    opened.add(gpu);
                    memory.add(bytes);
                    return Compute.onCpu(threads);
                },
                compute -> {
                    if (!selfTest.equals("passes")) {
                        throw new GpuUnavailableException(selfTest);
                    }
                });
    }

    /** Hears nothing, somewhere. */
    private record Silent(Compute compute) implements Recognizer {

        @Override
        public ModelInfo model() {
            return new ModelInfo("silent", "00", null, null, compute.provider());
        }

        @Override
        public List<Transcription> decode(List<Window> windows) {
            return windows.stream().map(window -> Transcription.EMPTY).toList();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
