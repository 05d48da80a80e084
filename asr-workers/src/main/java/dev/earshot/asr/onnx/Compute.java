package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.earshot.asr.port.ModelException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the graphs of one model compute, and on how many threads: opens sessions that all do so alike. Owns native memory that
 * the sessions do not need once they are open: close it then.
 */
final class Compute implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Compute.class);

    private final OrtSession.SessionOptions options;
    private final String provider;

    private Compute(OrtSession.SessionOptions options, String provider) {
        this.options = options;
        this.provider = provider;
    }

    /** Throws {@link ModelException} with a sentence when CUDA is wanted and cannot be had. */
    static Compute of(Provider wanted, int threads) {
        var options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Shapes differ from run to run, so remembered memory patterns would only pile up.
            options.setMemoryPatternOptimization(false);
            // Between runs the cores belong to whoever has work.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new Compute(options, addProvider(options, wanted));
        } catch (OrtException e) {
            options.close();
            throw new ModelException("ONNX Runtime refuses its settings (" + firstLine(e) + ")", e);
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static String addProvider(OrtSession.SessionOptions options, Provider wanted) {
        if (wanted == Provider.CPU) {
            return "cpu";
        }
        try (var cuda = new OrtCUDAProviderOptions(0)) {
            // Exhaustive search would cost seconds at each new shape.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            options.addCUDA(cuda);
            return "cuda";
        } catch (OrtException e) {
            if (wanted == Provider.CUDA) {
                throw new ModelException(
                        "PROVIDER: cuda cannot be used (" + firstLine(e)
                                + "); install CUDA 12 and build with -Pgpu, or set PROVIDER=cpu",
                        e);
            }
            log.info("provider=cpu wanted=auto reason=\"no CUDA: {}\"", firstLine(e));
            return "cpu";
        }
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
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
