package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.earshot.asr.domain.whisper.Attempt;
import dev.earshot.asr.domain.whisper.TokenRules;
import dev.earshot.asr.domain.whisper.TokenWriter;
import dev.earshot.asr.domain.whisper.Vocabulary;
import dev.earshot.asr.port.ModelException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Windows that the encoder of a {@link SplitWhisper} has heard: its hidden states, for one decoding after the other. */
final class SplitHeard implements WhisperGraphs.Heard {

    private static final String HIDDEN = "encoder_hidden_states";

    private final OrtSession.Result encoded;
    private final int windows;
    private final Graph decoder;
    private final Vocabulary vocabulary;
    private final TokenRules rules;

    SplitHeard(OrtSession.Result encoded, int windows, Graph decoder, Vocabulary vocabulary, TokenRules rules) {
        this.encoded = encoded;
        this.windows = windows;
        this.decoder = decoder;
        this.vocabulary = vocabulary;
        this.rules = rules;
    }

    @Override
    public int[] likeliest(List<Integer> tokens) {
        List<Integer> rows = IntStream.range(0, windows).boxed().toList();
        List<int[]> starts = Collections.nCopies(windows, new int[] {vocabulary.startOfTranscript()});
        try (Inputs hidden = hidden(rows);
                SplitDecoding decoding = new SplitDecoding(decoder, hidden, starts)) {
            float[] scores = decoding.scores();
            int width = scores.length / windows;
            return rows.stream()
                    .mapToInt(row -> tokens.stream()
                            .max(Comparator.comparingDouble(token -> scores[row * width + token]))
                            .orElseThrow())
                    .toArray();
        }
    }

    @Override
    public List<Attempt> decode(List<Integer> rows, List<int[]> prompts, float temperature) {
        var writers = new TokenWriter[rows.size()];
        try (Inputs hidden = hidden(rows);
                SplitDecoding decoding = new SplitDecoding(decoder, hidden, prompts)) {
            float[] scores = decoding.scores();
            int steps = prompts.get(0).length;
            int width = scores.length / writers.length / steps;
            for (int row = 0; row < writers.length; row++) {
                int start = row * steps * width;
                writers[row] = new TokenWriter(vocabulary, rules, temperature);
                writers[row].hearSilence(scores, start, width);
                writers[row].write(scores, start + (steps - 1) * width, width);
            }
            while (Arrays.stream(writers).anyMatch(TokenWriter::isOpen)) {
                scores = decoding.next(
                        Arrays.stream(writers).mapToLong(TokenWriter::lastToken).toArray());
                for (int row = 0; row < writers.length; row++) {
                    writers[row].write(scores, row * width, width);
                }
            }
        }
        return Arrays.stream(writers).map(TokenWriter::attempt).toList();
    }

    /** The hidden states of some windows; those of all need not be copied. */
    private Inputs hidden(List<Integer> rows) {
        if (rows.size() == windows) {
            return new Inputs().borrowed(HIDDEN, Graph.tensor(encoded, "last_hidden_state"));
        }
        long[] shape = Graph.shape(encoded, "last_hidden_state");
        float[] all = Graph.floats(encoded, "last_hidden_state");
        int size = all.length / windows;
        var some = new float[rows.size() * size];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(all, rows.get(i) * size, some, i * size, size);
        }
        try {
            return new Inputs().floats(HIDDEN, decoder.type(HIDDEN), some, rows.size(), shape[1], shape[2]);
        } catch (OrtException e) {
            throw new ModelException("no room for " + rows.size() + " windows (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        encoded.close();
    }
}
