package dev.earshot.asr.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.earshot.asr.port.ModelException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One graph of a model folder, ready to run. Owns native memory: close it; closing twice does nothing. Not thread-safe. */
final class Graph implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Graph.class);

    private final ModelFolder folder;
    private final String file;
    private final OrtSession session;
    private boolean closed;

    private Graph(ModelFolder folder, String file, OrtSession session) {
        this.folder = folder;
        this.file = file;
        this.session = session;
    }

    /** Throws {@link ModelException} with a sentence when it cannot be loaded. */
    static Graph open(ModelFolder folder, String file, Compute compute) {
        try {
            return new Graph(folder, file, compute.open(folder.path(file)));
        } catch (OrtException e) {
            throw folder.broken(file, "ONNX Runtime cannot load it (" + e.getMessage() + "); fetch the model again", e);
        }
    }

    /** Throws {@link ModelException} unless all these inputs and outputs are there. */
    Graph require(List<String> inputs, List<String> outputs) {
        if (!session.getInputNames().containsAll(inputs)
                || !session.getOutputNames().containsAll(outputs)) {
            ModelException misfit = folder.broken(
                    file,
                    "inputs " + session.getInputNames() + ", outputs " + session.getOutputNames()
                            + " (expected: inputs " + inputs + ", outputs " + outputs + ")");
            close();
            throw misfit;
        }
        return this;
    }

    Set<String> inputs() {
        return session.getInputNames();
    }

    Set<String> outputs() {
        return session.getOutputNames();
    }

    /** Size of an input along an axis; -1 where it differs from run to run. */
    int dimension(String input, int axis) {
        long[] shape = tensor(input).getShape();
        return axis < shape.length ? (int) shape[axis] : -1;
    }

    OnnxJavaType type(String input) {
        return tensor(input).type;
    }

    private TensorInfo tensor(String input) {
        try {
            NodeInfo node = session.getInputInfo().get(input);
            if (node != null && node.getInfo() instanceof TensorInfo tensor) {
                return tensor;
            }
        } catch (OrtException e) {
            throw folder.broken(file, "its inputs cannot be read", e);
        }
        throw folder.broken(file, "no tensor goes in as " + input);
    }

    /** Runs it. The result owns native memory: close it. Throws {@link ModelException} when the run fails. */
    OrtSession.Result run(Inputs inputs) {
        return run(inputs, session.getOutputNames());
    }

    /** The same, for some outputs only. */
    OrtSession.Result run(Inputs inputs, Set<String> outputs) {
        if (closed) {
            throw new IllegalStateException("Graph " + file + " is closed");
        }
        try {
            return session.run(inputs.byName(), outputs);
        } catch (OrtException e) {
            throw new ModelException("running " + file + " failed (" + e.getMessage() + ")", e);
        }
    }

    /** An output's values, of half precision or not. */
    static float[] floats(OrtSession.Result result, String output) {
        FloatBuffer values = tensor(result, output).getFloatBuffer();
        if (values.hasArray()) {
            return values.array();
        }
        // What a graph gives in half precision ONNX Runtime hands over in memory outside the heap.
        var floats = new float[values.remaining()];
        values.get(floats);
        return floats;
    }

    /** An output's shape. */
    static long[] shape(OrtSession.Result result, String output) {
        return tensor(result, output).getInfo().getShape();
    }

    static OnnxTensor tensor(OrtSession.Result result, String output) {
        return (OnnxTensor) result.get(output).orElseThrow();
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
            log.warn("session_close_failed file={}", file, e);
        }
    }
}
