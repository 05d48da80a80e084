package dev.earshot.asr.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.earshot.asr.domain.ctc.LogProbs;
import dev.earshot.asr.port.ModelException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ONNX Runtime session of a graph float32 [batch, samples] to float32 [batch, rows, tokens].
 *
 * <p>Owns native memory: close it. Not thread-safe: the input lies in one direct buffer that is used again for every run.
 */
final class OnnxSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OnnxSession.class);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String provider;
    private final String input;
    private final String output;
    private final DirectFloats waveforms = new DirectFloats();
    private FloatBuffer waveform = waveforms.of(0);
    private boolean closed;

    private OnnxSession(Compute compute, byte[] graph, ModelMetadata metadata) throws OrtException {
        this.session = compute.open(graph);
        this.provider = compute.provider();
        this.input = metadata.input();
        this.output = metadata.output();
    }

    /** Throws {@link ModelException} with a sentence when the graph is not what the metadata says. */
    static OnnxSession open(ModelFolder folder, ModelMetadata metadata, Compute compute) {
        byte[] graph = folder.bytes(metadata.model());
        try {
            var session = new OnnxSession(compute, graph, metadata);
            session.check(folder, metadata);
            return session;
        } catch (OrtException e) {
            throw folder.broken(metadata.model(), "ONNX Runtime cannot load it; fetch the model again", e);
        }
    }

    private void check(ModelFolder folder, ModelMetadata metadata) throws OrtException {
        boolean fits = isFloats(session.getInputInfo().get(input), 2)
                && isFloats(session.getOutputInfo().get(output), 3);
        if (!fits) {
            String found = "inputs " + session.getInputNames() + ", outputs " + session.getOutputNames();
            close();
            throw folder.broken(
                    metadata.model(),
                    found + " (expected: " + input + " float32 [batch, samples], " + output
                            + " float32 [batch, rows, tokens])");
        }
    }

    private static boolean isFloats(@org.jspecify.annotations.Nullable NodeInfo node, int dimensions) {
        return node != null
                && node.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT
                && tensor.getShape().length == dimensions;
    }

    String provider() {
        return provider;
    }

    /**
     * The buffer for the next run's input, {@code batch * samples} values, row after row, not cleared.
     */
    FloatBuffer input(int batch, int samples) {
        waveform = waveforms.of(Math.multiplyExact(batch, samples));
        return waveform;
    }

    /** Runs the graph on what {@link #input} was filled with. Item i's rows are at {@code i * rows * width}. */
    LogProbs run(int batch, int samples) {
        if (closed) {
            throw new IllegalStateException("OnnxSession is closed");
        }
        waveform.rewind();
        try (var tensor = OnnxTensor.createTensor(environment, waveform, new long[] {batch, samples});
                var result = session.run(Map.of(input, tensor))) {
            var rows = (OnnxTensor) result.get(0);
            long[] shape = rows.getInfo().getShape();
            return new LogProbs(rows.getFloatBuffer().array(), 0, (int) shape[1], (int) shape[2]);
        } catch (OrtException e) {
            throw new ModelException("decoding " + batch + " windows of " + samples + " samples failed", e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            session.close();
        } catch (OrtException e) {
            log.warn("session_close_failed", e);
        }
    }
}
