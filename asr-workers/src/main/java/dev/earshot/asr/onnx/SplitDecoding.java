package dev.earshot.asr.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.earshot.asr.port.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a merged Whisper decoder over some windows: {@code input_ids} int64 [B, S], {@code encoder_hidden_states}, {@code
 * use_cache_branch} bool [1] and {@code past_key_values.i.(decoder|encoder).(key|value)} [B, heads, length, 64] to {@code
 * logits} [B, S, V] and {@code present.i.…}.
 *
 * <p>The first call takes the prompts and pasts of length 0; each later one takes a token per window and what the call before
 * gave back. The encoder's keys and values come from the first call: later ones give them back empty. None of them is copied.
 * Owns native memory: close it.
 */
final class SplitDecoding implements AutoCloseable {

    static final List<String> INPUTS = List.of("input_ids", "encoder_hidden_states", "use_cache_branch");

    private static final String PAST = "past_key_values.";

    private final Graph decoder;
    private final OnnxTensor hidden;
    private final int rows;
    private final OrtSession.Result first;
    private OrtSession.Result last;
    private int position;

    /** @param prompts one per window, all of one length */
    SplitDecoding(Graph decoder, Inputs hidden, List<int[]> prompts) {
        this.decoder = decoder;
        this.hidden = hidden.tensor("encoder_hidden_states");
        this.rows = prompts.size();
        first = run(prompts.stream().flatMapToInt(Arrays::stream).asLongStream().toArray(), null);
        last = first;
    }

    /** Scores after each token of the prompts: [B, S, V]. */
    float[] scores() {
        return Graph.floats(first, "logits");
    }

    /** Takes one more token per window; scores of the next: [B, V]. */
    float[] next(long[] tokens) {
        OrtSession.Result now = run(tokens, last);
        if (last != first) {
            last.close();
        }
        last = now;
        return Graph.floats(now, "logits");
    }

    private OrtSession.Result run(long[] ids, OrtSession.@Nullable Result past) {
        int steps = ids.length / rows;
        try (Inputs inputs = new Inputs()
                .longs("input_ids", ids, rows, steps)
                .flag("use_cache_branch", past != null)
                .borrowed("encoder_hidden_states", hidden)) {
            for (String name : decoder.inputs()) {
                if (name.startsWith(PAST)) {
                    put(inputs, name, past);
                }
            }
            // Exports of transformers 4.43 to 4.45 want to be told where they are.
            if (decoder.inputs().contains("cache_position")) {
                inputs.longs(
                        "cache_position",
                        LongStream.range(position, position + steps).toArray(),
                        steps);
            }
            position += steps;
            return decoder.run(inputs);
        } catch (OrtException e) {
            throw new ModelException("decoding " + rows + " windows failed (" + e.getMessage() + ")", e);
        }
    }

    private void put(Inputs inputs, String name, OrtSession.@Nullable Result past) throws OrtException {
        if (past == null) {
            inputs.floats(
                    name,
                    decoder.type(name),
                    new float[0],
                    rows,
                    decoder.dimension(name, 1),
                    0,
                    decoder.dimension(name, 3));
        } else {
            String present = "present." + name.substring(PAST.length());
            inputs.borrowed(name, Graph.tensor(name.contains(".encoder.") ? first : past, present));
        }
    }

    @Override
    public void close() {
        if (last != first) {
            last.close();
        }
        first.close();
    }
}
