package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.ctc.LogProbs;
import dev.earshot.asr.port.ModelException;
import java.nio.FloatBuffer;

/**
 * Whether a device computes what the CPU computes: the built-in model listens to the same second of sound on both. It finds
 * libraries that are missing only when they are first used, kernels that the device cannot run, and those that run and are wrong.
 */
final class ProviderSelfTest {

    private static final int SAMPLES = AudioTime.SAMPLE_RATE_HZ;
    /** Probabilities from ten bits of mantissa differ by less than a hundredth; those of a broken kernel by anything. */
    private static final double TOLERANCE = 0.05;

    private ProviderSelfTest() {}

    /** Throws {@link GpuUnavailableException} with what is wrong. */
    static void check(Compute device) {
        double apart;
        try (Compute cpu = Compute.onCpu(1)) {
            apart = furthestApart(rows(cpu), rows(device));
        } catch (ModelException e) {
            throw new GpuUnavailableException(
                    "its self-test failed: " + (e.getCause() == null ? e : e.getCause()).getMessage(), e);
        }
        if (!(apart <= TOLERANCE)) {
            throw new GpuUnavailableException("its self-test failed: it computes otherwise than the CPU, by " + apart);
        }
    }

    private static LogProbs rows(Compute compute) {
        ModelFolder folder = ModelFolder.of(ModelFolder.BUILTIN);
        try (OnnxSession session = OnnxSession.open(folder, ModelMetadata.read(folder), compute)) {
            FloatBuffer input = session.input(1, SAMPLES);
            for (int i = 0; i < SAMPLES; i++) {
                // A glide through the range of speech, so that every layer has something to do.
                input.put((float) (0.3 * Math.sin(2 * Math.PI * (100 + i / 40.0) * i / SAMPLES)));
            }
            return session.run(1, SAMPLES);
        }
    }

    /** The largest difference of two probabilities; not a number when the device's are none. */
    static double furthestApart(LogProbs expected, LogProbs found) {
        if (expected.rows() != found.rows() || expected.width() != found.width()) {
            return Double.POSITIVE_INFINITY;
        }
        double furthest = 0;
        for (int row = 0; row < expected.rows(); row++) {
            for (int token = 0; token < expected.width(); token++) {
                furthest = Math.max(
                        furthest, Math.abs(Math.exp(expected.at(row, token)) - Math.exp(found.at(row, token))));
            }
        }
        return furthest;
    }
}
