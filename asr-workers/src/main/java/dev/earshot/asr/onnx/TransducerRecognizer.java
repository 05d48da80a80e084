package dev.earshot.asr.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.domain.mel.Features;
import dev.earshot.asr.domain.mel.NemoFrontEnd;
import dev.earshot.asr.domain.transducer.GreedyPath;
import dev.earshot.asr.domain.transducer.Subwords;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Recognises speech with a transducer on ONNX Runtime: Parakeet and other FastConformers of NeMo, RNN-T or TDT. Windows of about
 * the same length go through the encoder together; then their greedy paths go through the joint network together, step by step.
 *
 * <p>Encoder: {@code audio_signal} float32 [B, bands, T], {@code length} int64 [B] to {@code outputs} float32 [B, D, T/8], {@code
 * encoded_lengths} int64 [B]. Owns native memory: close it. Called by one thread at a time.
 */
final class TransducerRecognizer implements Recognizer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int FRAME_MS = 10;
    private static final int USUAL_BANDS = 128;
    private static final int USUAL_SUBSAMPLING = 8;
    /** Of a minute of audio in all, the encoder's activations stay below a gigabyte. */
    private static final int MOST_TOGETHER = 8;
    /** Of frames of 10 ms, from 640 ms on. */
    private static final LengthBuckets BUCKETS = new LengthBuckets(64, 4);
    /** What usual settings let an utterance become. */
    private static final int LONGEST = 15_000 / FRAME_MS;

    private final Graph encoder;
    private final Joint joint;
    private final Subwords subwords;
    private final NemoFrontEnd frontEnd;
    private final ModelInfo model;
    private final int encodedFrameMs;
    /** Durations that the model scores behind the tokens: 0 for a plain transducer. */
    private final int durations;

    private final DirectFloats memory = new DirectFloats();
    private final NativeParts parts;
    private boolean closed;

    private TransducerRecognizer(ModelFolder folder, TransducerFiles files, Compute compute, NativeParts parts) {
        try {
            subwords = Subwords.parse(folder.lines(files.tokens()));
        } catch (IllegalArgumentException e) {
            throw folder.broken(files.tokens(), String.valueOf(e.getMessage()));
        }
        encoder = parts.keep(Graph.open(folder, files.encoder(), compute))
                .require(List.of("audio_signal", "length"), List.of("outputs", "encoded_lengths"));
        joint = parts.keep(files.openJoint(folder, compute));
        this.parts = parts;
        int bands = encoder.dimension("audio_signal", 1);
        frontEnd = new NemoFrontEnd(bands > 0 ? bands : setting(folder, "features_size", USUAL_BANDS));
        encodedFrameMs = FRAME_MS * setting(folder, "subsampling_factor", USUAL_SUBSAMPLING);
        int size = warmUp(!compute.provider().equals("cpu"));
        durations = durations(folder, files, joint, subwords, size);
        model = ModelCard.read(folder).info(folder, folder.sha256(files.encoder(), files.joint()), compute.provider());
    }

    /** Loads the folder's model. Throws {@link ModelException} with one sentence when that cannot be done. */
    static TransducerRecognizer load(ModelFolder folder, Compute compute) {
        TransducerFiles files = TransducerFiles.find(folder);
        if (files == null) {
            throw folder.empty(TransducerFiles.EXPECTED);
        }
        var parts = new NativeParts();
        try {
            return new TransducerRecognizer(folder, files, compute, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** From onnx-asr's {@code config.json}, where there is one. */
    private static int setting(ModelFolder folder, String name, int usual) {
        if (!folder.has("config.json")) {
            return usual;
        }
        try {
            JsonNode value = JSON.readTree(folder.bytes("config.json")).path(name);
            return value.isInt() ? value.asInt() : usual;
        } catch (IOException e) {
            throw folder.broken("config.json", "is not JSON (" + e.getMessage() + ")");
        }
    }

    /** Encodes every shape once that usual windows have where that pays for memory and for the choice of kernels; tells D. */
    private int warmUp(boolean allShapes) {
        int size = 0;
        for (int frames : allShapes ? BUCKETS.upTo(LONGEST) : List.of(BUCKETS.of(1000 / FRAME_MS))) {
            Features silence = frontEnd.features(new float[frames * FRAME_MS * AudioTime.SAMPLES_PER_MS]);
            for (int batch : allShapes ? new int[] {1, MOST_TOGETHER} : new int[] {1}) {
                size = encode(Collections.nCopies(batch, silence)).get(0)[0].length;
            }
        }
        return size;
    }

    /** Asks once, which pays for memory, and shows how many tokens the model knows. */
    private static int durations(ModelFolder folder, TransducerFiles files, Joint joint, Subwords subwords, int size) {
        // Not blank, which a list that is too long would put beyond what the model has.
        var probe = new Joint.Question(new float[size], 0, joint.silence());
        int width = joint.ask(List.of(probe)).width();
        if (width <= subwords.blank()) {
            throw folder.broken(
                    files.tokens(),
                    subwords.blank() + 1 + " tokens (expected: at most " + width + ", as many as the model scores)");
        }
        return width - subwords.blank() - 1;
    }

    @Override
    public ModelInfo model() {
        return model;
    }

    @Override
    public List<Transcription> decode(List<Window> windows) {
        if (closed) {
            throw new IllegalStateException("TransducerRecognizer is closed");
        }
        var transcriptions = new Transcription[windows.size()];
        Arrays.fill(transcriptions, Transcription.EMPTY);
        List<Features> features = windows.stream()
                .map(window -> frontEnd.features(window.samples()))
                .toList();
        int[] frames = features.stream().mapToInt(Features::frames).toArray();
        for (List<Integer> group : BUCKETS.group(frames, bucket -> MOST_TOGETHER)) {
            List<Transcription> heard =
                    search(encode(group.stream().map(features::get).toList()));
            for (int i = 0; i < heard.size(); i++) {
                transcriptions[group.get(i)] = heard.get(i);
            }
        }
        return List.of(transcriptions);
    }

    /** The encoder's frames of windows of one bucket, window by window. */
    private List<float[][]> encode(List<Features> windows) {
        int bands = windows.get(0).bands();
        int longest = BUCKETS.of(windows.get(0).frames());
        FloatBuffer signal = memory.of(windows.size() * bands * longest);
        for (int i = 0; i < windows.size(); i++) {
            Features features = windows.get(i);
            for (int band = 0; band < bands; band++) {
                signal.put(features.values(), band * features.frames(), features.frames());
                for (int zero = features.frames(); zero < longest; zero++) {
                    signal.put(0f);
                }
            }
        }
        long[] lengths = windows.stream().mapToLong(Features::frames).toArray();
        try (Inputs inputs = new Inputs();
                OrtSession.Result result = encoder.run(
                        inputs.floats("audio_signal", OnnxJavaType.FLOAT, signal.flip(), windows.size(), bands, longest)
                                .longs("length", lengths, windows.size()),
                        Set.of("outputs", "encoded_lengths"))) {
            long[] shape = Graph.shape(result, "outputs");
            float[] outputs = Graph.floats(result, "outputs");
            long[] encoded =
                    Graph.tensor(result, "encoded_lengths").getLongBuffer().array();
            return IntStream.range(0, windows.size())
                    .mapToObj(i -> frames(outputs, i, (int) shape[1], (int) shape[2], (int) encoded[i]))
                    .toList();
        } catch (OrtException e) {
            throw new ModelException("encoding " + windows.size() + " windows failed (" + e.getMessage() + ")", e);
        }
    }

    /** [D, T] of one window as one array per frame. */
    private static float[][] frames(float[] outputs, int window, int size, int steps, int count) {
        var frames = new float[Math.min(count, steps)][size];
        for (int d = 0; d < size; d++) {
            int from = (window * size + d) * steps;
            for (int t = 0; t < frames.length; t++) {
                frames[t][d] = outputs[from + t];
            }
        }
        return frames;
    }

    private List<Transcription> search(List<float[][]> encoded) {
        List<GreedyPath> paths = encoded.stream()
                .map(frames -> new GreedyPath(frames.length, subwords.blank(), durations))
                .toList();
        var states = new PredictorState[paths.size()];
        Arrays.fill(states, joint.silence());
        for (List<Integer> open = open(paths); !open.isEmpty(); open = open(paths)) {
            Joint.Answers answers = joint.ask(open.stream()
                    .map(i -> new Joint.Question(
                            encoded.get(i)[paths.get(i).frame()], paths.get(i).lastToken(), states[i]))
                    .toList());
            for (int row = 0; row < open.size(); row++) {
                int i = open.get(row);
                if (paths.get(i).take(answers.scores(), row * answers.width())) {
                    states[i] = answers.states().get(row);
                }
            }
        }
        return paths.stream()
                .map(path -> new Transcription(subwords.words(path.tokens(), encodedFrameMs)))
                .toList();
    }

    private static List<Integer> open(List<GreedyPath> paths) {
        return IntStream.range(0, paths.size())
                .filter(i -> !paths.get(i).isDone())
                .boxed()
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        parts.close();
    }
}
