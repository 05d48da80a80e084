package dev.earshot.asr.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.SpeechWindow;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.SpeechDetector;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Silero VAD on windows of many tracks at once, on the CPU: it is smaller than the way to a GPU.
 *
 * <p>Takes float32 {@code input} [batch, 576], 64 samples of context and 512 new ones at 16 kHz, and {@code state} [2, batch,
 * 128]; gives {@code output} [batch, 1] and {@code stateN}. Owns native memory: close it. Called by one thread at a time.
 * Source: silero-vad v5 and v6, {@code src/silero_vad/utils_vad.py} (OnnxWrapper).
 */
public final class SileroDetector implements SpeechDetector {

    /** The file's name in a model folder. */
    public static final String FILE = "silero_vad.onnx";

    private static final Logger log = LoggerFactory.getLogger(SileroDetector.class);

    private static final int LAYERS = 2;
    private static final int WIDTH = SpeechWindow.STATE / LAYERS;
    private static final int LOOK = SpeechWindow.CONTEXT + SpeechWindow.SAMPLES;
    /** One window alone takes another way through the matrices, whose last digits differ. */
    private static final int LEAST_BATCH = 4;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final DirectFloats looks = new DirectFloats();
    private final DirectFloats memories = new DirectFloats();
    private boolean closed;

    private SileroDetector(OrtSession session) {
        this.session = session;
    }

    /**
     * Loads the detector that lies in a model's folder; null when there is none, and the built-in gate is used.
     *
     * @param model {@code builtin}, a model's name, or the path of a folder
     * @throws ModelException with one sentence when the file is there and is no such model
     */
    public static @Nullable SileroDetector in(String model) {
        Path file;
        try {
            file = Path.of(model).resolve(FILE);
        } catch (InvalidPathException e) {
            return null;
        }
        return Files.isRegularFile(file) ? load(file) : null;
    }

    /** Loads the detector from its file. */
    public static SileroDetector load(Path file) {
        try (Compute compute = Compute.onCpu(1)) {
            OrtSession session = compute.open(file);
            if (!fits(session.getInputInfo())) {
                String found = session.getInputInfo().keySet().toString();
                session.close();
                throw new ModelException(file + ": inputs " + found
                        + " (expected: input [batch, 576], state [2, batch, 128] and sr, as Silero VAD v5 has them)");
            }
            log.info("vad={}", file);
            return new SileroDetector(session);
        } catch (OrtException e) {
            throw new ModelException(file + ": ONNX Runtime cannot load it; fetch it again", e);
        }
    }

    private static boolean fits(Map<String, NodeInfo> inputs) {
        NodeInfo state = inputs.get("state");
        return inputs.keySet().containsAll(List.of("input", "sr"))
                && state != null
                && state.getInfo() instanceof TensorInfo tensor
                && tensor.getShape().length == 3;
    }

    @Override
    public void detect(List<SpeechWindow> windows) {
        if (closed) {
            throw new IllegalStateException("SileroDetector is closed");
        }
        int batch = Math.max(LEAST_BATCH, windows.size());
        FloatBuffer input = looks.of(batch * LOOK);
        FloatBuffer state = memories.of(batch * SpeechWindow.STATE);
        for (int i = 0; i < windows.size(); i++) {
            input.put(i * LOOK, windows.get(i).samples());
            for (int layer = 0; layer < LAYERS; layer++) {
                state.put((layer * batch + i) * WIDTH, windows.get(i).state(), layer * WIDTH, WIDTH);
            }
        }
        try (var inputs = OnnxTensor.createTensor(environment, input, new long[] {batch, LOOK});
                var states = OnnxTensor.createTensor(environment, state, new long[] {LAYERS, batch, WIDTH});
                var rate = OnnxTensor.createTensor(environment, (long) AudioTime.SAMPLE_RATE_HZ);
                var result = session.run(Map.of("input", inputs, "state", states, "sr", rate))) {
            answer(windows, batch, result);
        } catch (OrtException e) {
            throw new ModelException("finding speech in " + windows.size() + " windows failed", e);
        }
    }

    private static void answer(List<SpeechWindow> windows, int batch, OrtSession.Result result) {
        float[] speech = floats(result, "output");
        float[] states = floats(result, "stateN");
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).answer(speech[i]);
            for (int layer = 0; layer < LAYERS; layer++) {
                System.arraycopy(
                        states, (layer * batch + i) * WIDTH, windows.get(i).state(), layer * WIDTH, WIDTH);
            }
        }
    }

    private static float[] floats(OrtSession.Result result, String output) {
        OnnxValue value = result.get(output)
                .orElseThrow(() -> new ModelException(
                        FILE + ": no output " + output + " (expected: output and stateN, as Silero VAD v5 has them)"));
        FloatBuffer buffer = ((OnnxTensor) value).getFloatBuffer();
        return Arrays.copyOf(buffer.array(), buffer.limit());
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
            log.warn("vad_close_failed", e);
        }
    }
}
