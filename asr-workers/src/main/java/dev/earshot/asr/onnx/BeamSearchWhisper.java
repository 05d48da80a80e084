package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.earshot.asr.domain.mel.Features;
import dev.earshot.asr.domain.whisper.Attempt;
import dev.earshot.asr.domain.whisper.Vocabulary;
import dev.earshot.asr.port.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whisper with the beam search inside one graph, as ONNX Runtime's tools and Olive export it: {@code input_features} float32 [B,
 * bands, 3000], the search's settings and {@code decoder_input_ids} int32 [B, S] to {@code sequences} int32 [B, R, L]; in some
 * exports {@code temperature} in, {@code sequences_scores} and {@code no_speech_probs} out.
 *
 * <p>The search is the graph's own: it knows nothing of our rules for timestamps, so it is not asked for them, and where it does
 * not score its answers every word counts as certain. Source: onnxruntime 1.26, {@code
 * python/tools/transformers/models/whisper}.
 */
final class BeamSearchWhisper implements WhisperGraphs {

    /** What openai-whisper's command line uses. */
    private static final int BEAMS = 5;

    private static final int MOST_TOKENS = 448;
    private static final Set<String> KNOWN = Set.of(
            "input_features",
            "max_length",
            "min_length",
            "num_beams",
            "num_return_sequences",
            "length_penalty",
            "repetition_penalty",
            "decoder_input_ids",
            "temperature");

    private final Graph graph;
    private final Vocabulary vocabulary;
    private final DirectFloats memory = new DirectFloats();

    BeamSearchWhisper(ModelFolder folder, String file, Vocabulary vocabulary, Compute compute) {
        this.vocabulary = vocabulary;
        graph = Graph.open(folder, file, compute)
                .require(List.of("input_features", "max_length", "decoder_input_ids"), List.of("sequences"));
        if (!KNOWN.containsAll(graph.inputs())) {
            var unknown = new ArrayList<>(graph.inputs());
            unknown.removeAll(KNOWN);
            graph.close();
            throw folder.broken(file, "inputs " + unknown + " (expected: none but " + KNOWN + ")");
        }
    }

    @Override
    public boolean tellsTime() {
        return false;
    }

    @Override
    public boolean canTryAgain() {
        return graph.inputs().contains("temperature");
    }

    @Override
    public int bands() {
        return graph.dimension("input_features", 1);
    }

    @Override
    public Heard hear(List<Features> windows) {
        return new HeardInOneGo(windows);
    }

    @Override
    public void close() {
        graph.close();
    }

    /** Here hearing and decoding are one run: what is kept is what goes in. */
    private final class HeardInOneGo implements Heard {

        private final List<Features> windows;

        HeardInOneGo(List<Features> windows) {
            this.windows = windows;
        }

        /** What the search says right after the start is the language: it cannot be asked for scores. */
        @Override
        public int[] likeliest(List<Integer> tokens) {
            List<Integer> rows = IntStream.range(0, windows.size()).boxed().toList();
            int[] start = {vocabulary.startOfTranscript()};
            return run(rows, Collections.nCopies(windows.size(), start), start.length + 1, 0).stream()
                    .mapToInt(attempt -> attempt.tokens().stream()
                            .filter(tokens::contains)
                            .findFirst()
                            .orElse(tokens.get(0)))
                    .toArray();
        }

        @Override
        public List<Attempt> decode(List<Integer> rows, List<int[]> prompts, float temperature) {
            return run(rows, prompts, MOST_TOKENS, temperature);
        }

        private List<Attempt> run(List<Integer> rows, List<int[]> prompts, int length, float temperature) {
            int steps = prompts.get(0).length;
            int[] ids = prompts.stream().flatMapToInt(Arrays::stream).toArray();
            try (Inputs inputs = new Inputs()) {
                inputs.ints("decoder_input_ids", ids, rows.size(), steps);
                WhisperGraphs.put(inputs, graph, rows.stream().map(windows::get).toList(), memory);
                whole(inputs, "max_length", length);
                whole(inputs, "min_length", 0);
                whole(inputs, "num_beams", BEAMS);
                whole(inputs, "num_return_sequences", 1);
                real(inputs, "length_penalty", 1);
                real(inputs, "repetition_penalty", 1);
                real(inputs, "temperature", temperature == 0 ? 1 : temperature);
                try (OrtSession.Result result = graph.run(inputs)) {
                    return attempts(result, rows.size(), steps, temperature);
                }
            } catch (OrtException e) {
                throw new ModelException("decoding " + rows.size() + " windows failed (" + e.getMessage() + ")", e);
            }
        }

        private List<Attempt> attempts(OrtSession.Result result, int rows, int steps, float temperature) {
            int[] sequences = Graph.tensor(result, "sequences").getIntBuffer().array();
            float[] noSpeech = optional(result, "no_speech_probs", rows);
            float[] scores = optional(result, "sequences_scores", rows);
            int width = sequences.length / rows;
            var attempts = new ArrayList<Attempt>();
            for (int row = 0; row < rows; row++) {
                var tokens = new ArrayList<Integer>();
                for (int i = row * width + steps; i < (row + 1) * width; i++) {
                    if (sequences[i] == vocabulary.endOfText()) {
                        break;
                    }
                    tokens.add(sequences[i]);
                }
                // With a length penalty of 1 a sequence's score is its mean log probability.
                float score = scores[row * scores.length / rows];
                attempts.add(new Attempt(
                        tokens,
                        Collections.nCopies(tokens.size(), score),
                        score,
                        noSpeech[row],
                        temperature,
                        vocabulary.decode(tokens)));
            }
            return attempts;
        }

        private float[] optional(OrtSession.Result result, String name, int rows) {
            return graph.outputs().contains(name) ? Graph.floats(result, name) : new float[rows];
        }

        private void whole(Inputs inputs, String name, int value) throws OrtException {
            if (graph.inputs().contains(name)) {
                inputs.ints(name, new int[] {value}, 1);
            }
        }

        private void real(Inputs inputs, String name, float value) throws OrtException {
            if (graph.inputs().contains(name)) {
                inputs.floats(name, graph.type(name), new float[] {value}, 1);
            }
        }

        @Override
        public void close() {
            // Nothing native is kept.
        }
    }
}
