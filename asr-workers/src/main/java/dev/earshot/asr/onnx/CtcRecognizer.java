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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Recognises speech with a CTC model on ONNX Runtime: many windows of about the same length in one run, then a search per
 * window, beside the next run.
 *
 * <p>Input float32 [batch, samples] at 16 kHz in [-1, 1], output float32 [batch, rows, tokens]. Owns native memory and a thread:
 * close it. Called by one thread at a time.
 */
final class CtcRecognizer implements Recognizer {

    private final CtcGraph graph;
    private final CtcDecoder decoder;
    private final ModelInfo model;
    private final int rowSamples;
    /** Searches while the graph runs on: a tenth of the time, which the graph then need not wait for. */
    private final ExecutorService searcher = Executors.newSingleThreadExecutor(task -> new Thread(task, "asr-search"));

    private boolean closed;

    private CtcRecognizer(CtcGraph graph, CtcDecoder decoder, ModelInfo model, ModelMetadata metadata) {
        this.graph = graph;
        this.decoder = decoder;
        this.model = model;
        this.rowSamples = metadata.rowMs() * AudioTime.SAMPLES_PER_MS;
    }

    /**
     * Loads a model. Reads files; allocates native memory.
     *
     * @throws dev.earshot.asr.port.ModelException with one sentence when a file is missing, damaged or not what it should be
     */
    static CtcRecognizer load(ModelFolder folder, Compute compute) {
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
        OnnxSession session = OnnxSession.open(folder, metadata, compute);
        var recognizer =
                new CtcRecognizer(new CtcGraph(session), decoder, metadata.info(hash, session.provider()), metadata);
        try {
            int width = recognizer.graph.warmUp();
            if (width != alphabet.size()) {
                throw folder.broken(
                        metadata.tokens(),
                        alphabet.size() + " tokens (expected: " + width + ", as many as the model has)");
            }
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
        var searches = new ArrayList<FutureTask<Void>>();
        for (List<Integer> run : graph.runs(windows)) {
            LogProbs all = graph.run(windows, run);
            for (int i = 0; i < run.size(); i++) {
                int index = run.get(i);
                LogProbs rows = rowsOf(windows.get(index), all, i);
                var search = new FutureTask<Void>(() -> transcriptions[index] = decoder.decode(rows), null);
                searches.add(search);
                searcher.execute(search);
            }
        }
        searches.forEach(CtcRecognizer::finish);
        return List.of(transcriptions);
    }

    /** Runs the graph on the windows' tensors and looks for no text in what comes out. */
    void run(List<Window> windows) {
        graph.runs(windows).forEach(run -> graph.run(windows, run));
    }

    private LogProbs rowsOf(Window window, LogProbs all, int item) {
        int heard = window.samples().length + CtcGraph.TAIL;
        int rows = Math.min(all.rows(), (heard + rowSamples - 1) / rowSamples);
        return new LogProbs(all.values(), item * all.rows() * all.width(), rows, all.width());
    }

    /** Does here and now what the searching thread has not begun, and waits for what it has. */
    private static void finish(FutureTask<Void> search) {
        search.run();
        try {
            search.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a text was searched", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        searcher.shutdownNow();
        graph.close();
    }

    private interface Parser<T> {
        T parse(List<String> lines);
    }
}
