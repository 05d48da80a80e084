package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.earshot.asr.port.ModelException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the graphs of one model compute, and on how many threads: opens sessions that all do so alike. Owns native memory that
 * the sessions do not need once they are open: close it then.
 */
final class Compute implements AutoCloseable {

    private final OrtSession.SessionOptions options;
    private final String provider;

    private Compute(OrtSession.SessionOptions options, String provider) {
        this.options = options;
        this.provider = provider;
    }

    /** On the CPU. */
    static Compute onCpu(int threads) {
        return of(threads, "cpu", options -> {});
    }

    /**
     * On a GPU.
     *
     * @throws GpuUnavailableException when CUDA or one of its libraries cannot be had
     */
    static Compute onGpu(int threads, Gpu gpu, long memoryBytes) {
        try {
            return of(threads, "cuda", options -> {
                try (var cuda = new OrtCUDAProviderOptions(gpu.ordinal())) {
                    for (Map.Entry<String, String> option :
                            cudaOptions(memoryBytes).entrySet()) {
                        cuda.add(option.getKey(), option.getValue());
                    }
                    options.addCUDA(cuda);
                }
            });
        } catch (ModelException e) {
            throw new GpuUnavailableException("no CUDA: " + firstLine(e.getCause()), e);
        }
    }

    /** What differs from ONNX Runtime's own choice, as its CUDA execution provider's documentation explains it. */
    static Map<String, String> cudaOptions(long memoryBytes) {
        return Map.of(
                // Exhaustive search, the default, costs seconds at each new shape.
                "cudnn_conv_algo_search", "HEURISTIC",
                // Twice what was asked for, the default, is memory that never comes back.
                "arena_extend_strategy", "kSameAsRequested",
                "gpu_mem_limit", Long.toString(memoryBytes),
                // Copies in the stream that computes need no other synchronisation.
                "do_copy_in_default_stream", "1",
                // Ten bits of mantissa are plenty for scores, and several times as fast.
                "use_tf32", "1",
                // A graph wants inputs at fixed addresses, which the Java binding cannot give.
                "enable_cuda_graph", "0");
    }

    private static Compute of(int threads, String provider, Preparation preparation) {
        var options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Shapes differ from run to run, so remembered memory patterns would only pile up.
            options.setMemoryPatternOptimization(false);
            // Between runs the cores belong to whoever has work.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            preparation.prepare(options);
            return new Compute(options, provider);
        } catch (OrtException e) {
            options.close();
            throw new ModelException("ONNX Runtime refuses its settings (" + firstLine(e) + ")", e);
        }
    }

    private interface Preparation {
        void prepare(OrtSession.SessionOptions options) throws OrtException;
    }

    private static String firstLine(@Nullable Throwable e) {
        return e == null
                ? ""
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** {@code cpu} or {@code cuda}. */
    String provider() {
        return provider;
    }

    OrtSession open(byte[] graph) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(graph, options);
    }

    /** From a file, for graphs of gigabytes and for those whose weights lie in files beside them. */
    OrtSession open(Path graph) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    }

    @Override
    public void close() {
        options.close();
    }
}
