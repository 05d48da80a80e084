package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.domain.ctc.Alphabet;
import dev.earshot.asr.domain.ctc.BeamSearch;
import dev.earshot.asr.domain.ctc.Bigrams;
import dev.earshot.asr.domain.ctc.CtcDecoder;
import dev.earshot.asr.domain.ctc.CtcSearch;
import dev.earshot.asr.domain.ctc.GreedySearch;
import dev.earshot.asr.domain.ctc.Lexicon;
import dev.earshot.asr.domain.ctc.LogProbs;
import dev.earshot.asr.domain.ctc.Truecase;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Recognises speech with a CTC model on ONNX Runtime: many windows of about the same length in one run, then a search per
 * window.
 *
 * <p>Input float32 [batch, samples] at 16 kHz in [-1, 1], output float32 [batch, rows, tokens]. Behind every window lie as
 * many zeros as the model looks ahead, so the length of its neighbours changes none of the rows that are read. Owns native
 * memory: close it. Called by one thread at a time.
 */
public final class CtcRecognizer implements Recognizer {

    /** The model speaks up to this long after a word: without it the last letters of a window are missing. */
    private static final int TAIL_MS = 200;
    /** Windows share a run when padding them to the longest costs at most this factor: 1.5 was 13 % slower. */
    private static final double LENGTH_SPREAD = 1.2;
    /** A run of more audio than this no longer fits a CPU's cache: 64 s a run was 20 % slower, 4 s as well. */
    private static final int CPU_RUN_SAMPLES = 16 * AudioTime.SAMPLE_RATE_HZ;

    private final OnnxSession session;
    private final CtcDecoder decoder;
    private final ModelInfo model;
    private final int rowSamples;
    private final int padSamples;
    private boolean closed;

    private CtcRecognizer(OnnxSession session, CtcDecoder decoder, ModelInfo model, ModelMetadata metadata) {
        this.session = session;
        this.decoder = decoder;
        this.model = model;
        this.rowSamples = metadata.rowMs() * AudioTime.SAMPLES_PER_MS;
        this.padSamples = (TAIL_MS + metadata.lookAheadMs()) * AudioTime.SAMPLES_PER_MS;
    }

    /**
     * Loads a model. Reads files; allocates native memory.
     *
     * @param model {@code builtin}, or the path of a folder with a {@code model.json}
     * @param provider where to compute
     * @param threads threads of one run, at least 1
     * @throws dev.earshot.asr.port.ModelException with one sentence when a file is missing, damaged or not what it should be
     */
    public static CtcRecognizer load(String model, Provider provider, int threads) {
        ModelFolder folder = ModelFolder.of(model);
        ModelMetadata metadata = ModelMetadata.read(folder);
        String hash = folder.sha256(metadata.model());
        if (metadata.sha256() != null && !metadata.sha256().equalsIgnoreCase(hash)) {
            throw folder.broken(
                    metadata.model(),
                    "SHA-256 is " + hash + " (expected: " + metadata.sha256()
                            + "): damaged or cut short; fetch the model again");
        }
        Alphabet alphabet = parse(folder, metadata.tokens(), Alphabet::parse);
        var decoder = new CtcDecoder(
                alphabet,
                search(folder, metadata, alphabet),
                truecase(folder, metadata),
                metadata.rowMs(),
                metadata.mostDoubt() == null ? Double.POSITIVE_INFINITY : metadata.mostDoubt());
        OnnxSession session = OnnxSession.open(folder, metadata, provider, threads);
        var info = new ModelInfo(metadata.name(), hash, metadata.language(), metadata.notice(), session.provider());
        var recognizer = new CtcRecognizer(session, decoder, info, metadata);
        try {
            recognizer.warmUp(folder, metadata, alphabet);
            return recognizer;
        } catch (RuntimeException e) {
            recognizer.close();
            throw e;
        }
    }

    private static CtcSearch search(ModelFolder folder, ModelMetadata metadata, Alphabet alphabet) {
        if (metadata.lexicon() == null) {
            return new GreedySearch();
        }
        Lexicon lexicon = parse(folder, metadata.lexicon(), lines -> Lexicon.parse(lines, alphabet));
        Bigrams bigrams = metadata.bigrams() == null
                ? Bigrams.none()
                : parse(folder, metadata.bigrams(), lines -> Bigrams.parse(lines, lexicon));
        return new BeamSearch(
                lexicon, bigrams, new BeamSearch.Weights(metadata.beam(), metadata.wordWeight(), metadata.wordBonus()));
    }

    private static Truecase truecase(ModelFolder folder, ModelMetadata metadata) {
        return metadata.truecase() == null ? Truecase.none() : parse(folder, metadata.truecase(), Truecase::parse);
    }

    private static <T> T parse(ModelFolder folder, String file, Parser<T> parser) {
        try {
            return parser.parse(folder.lines(file));
        } catch (IllegalArgumentException e) {
            throw folder.broken(file, String.valueOf(e.getMessage()));
        }
    }

    /** The first run pays for memory; and it shows whether the graph has as many tokens as the list. */
    private void warmUp(ModelFolder folder, ModelMetadata metadata, Alphabet alphabet) {
        int samples = AudioTime.SAMPLE_RATE_HZ + padSamples;
        FloatBuffer input = session.input(1, samples);
        input.put(new float[samples]);
        int width = session.run(1, samples).width();
        if (width != alphabet.size()) {
            throw folder.broken(
                    metadata.tokens(), alphabet.size() + " tokens (expected: " + width + ", as many as the model has)");
        }
    }

    @Override
    public ModelInfo model() {
        return model;
    }

    @Override
    public List<Transcription> decode(List<Window> windows) {
        if (closed) {
            throw new IllegalStateException("CtcRecognizer is closed");
        }
        var transcriptions = new Transcription[windows.size()];
        Arrays.fill(transcriptions, Transcription.EMPTY);
        int[] byLength = IntStream.range(0, windows.size())
                .filter(i -> windows.get(i).samples().length > 0)
                .boxed()
                .sorted(Comparator.comparingInt(i -> windows.get(i).samples().length))
                .mapToInt(Integer::intValue)
                .toArray();
        int from = 0;
        for (int to = 1; to <= byLength.length; to++) {
            if (to == byLength.length
                    || !together(windows.get(byLength[from]), windows.get(byLength[to]), to + 1 - from)) {
                decodeTogether(windows, Arrays.copyOfRange(byLength, from, to), transcriptions);
                from = to;
            }
        }
        return List.of(transcriptions);
    }

    private boolean together(Window shortest, Window longest, int count) {
        long padded = longest.samples().length + padSamples;
        return padded <= LENGTH_SPREAD * (shortest.samples().length + padSamples)
                && (count * padded <= CPU_RUN_SAMPLES || !session.provider().equals("cpu"));
    }

    private void decodeTogether(List<Window> windows, int[] indices, Transcription[] transcriptions) {
        int longest = windows.get(indices[indices.length - 1]).samples().length + padSamples;
        FloatBuffer input = session.input(indices.length, longest);
        for (int i = 0; i < indices.length; i++) {
            float[] samples = windows.get(indices[i]).samples();
            input.position(i * longest);
            input.put(samples);
            for (int zero = samples.length; zero < longest; zero++) {
                input.put(0f);
            }
        }
        LogProbs all = session.run(indices.length, longest);
        for (int i = 0; i < indices.length; i++) {
            int heard = windows.get(indices[i]).samples().length + TAIL_MS * AudioTime.SAMPLES_PER_MS;
            int rows = Math.min(all.rows(), (heard + rowSamples - 1) / rowSamples);
            transcriptions[indices[i]] =
                    decoder.decode(new LogProbs(all.values(), i * all.rows() * all.width(), rows, all.width()));
        }
    }

    @Override
    public void close() {
        closed = true;
        session.close();
    }

    private interface Parser<T> {
        T parse(List<String> lines);
    }
}
