package dev.earshot.asr.onnx;

import static dev.earshot.asr.onnx.GraphWriter.number;
import static dev.earshot.asr.onnx.GraphWriter.numbers;

import dev.earshot.asr.onnx.GraphWriter.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A transducer with the inputs and outputs of Parakeet that understands four tones: 500 Hz is "alpha", 1000 Hz "beta", 2000 Hz
 * and 3500 Hz the halves of "gamma". Its state counts what was said: what was said already it does not say again, and if the
 * state ever moved on without a token it says "wrong".
 */
final class TinyTransducer {

    static final int[] TONES_HZ = {500, 1000, 2000, 3500};

    private static final List<String> VOCABULARY =
            List.of("\u2581alpha 0", "\u2581beta 1", "\u2581gam 2", "ma 3", "\u2581wrong 4", "<blk> 5");
    private static final int TOKENS = VOCABULARY.size();
    private static final int WRONG = 4;
    private static final int BLANK = 5;
    private static final int DURATIONS = 5;
    private static final int BANDS = 128;

    private TinyTransducer() {}

    /** As onnx-asr lays it out. */
    static void joined(Path folder, boolean withDurations) throws IOException {
        encoder().write(folder.resolve("encoder-model.onnx"));
        int width = TOKENS + (withDurations ? DURATIONS : 0);
        joint(predictor(new GraphWriter().input("encoder_outputs", Type.FLOAT, "B", TONES_HZ.length, 1)), width)
                .output("outputs", Type.FLOAT, "B", 1, 1, width)
                .output("output_states_1", Type.FLOAT, 2, "B", TOKENS)
                .output("output_states_2", Type.FLOAT, 2, "B", TOKENS)
                .write(folder.resolve("decoder_joint-model.onnx"));
        Files.write(folder.resolve("vocab.txt"), VOCABULARY);
        Files.writeString(
                folder.resolve("config.json"), "{\"model_type\": \"nemo-conformer-tdt\", \"features_size\": 128}");
    }

    /** As sherpa-onnx lays it out, with the names that PyTorch gives to states. */
    static void separate(Path folder) throws IOException {
        encoder().write(folder.resolve("encoder.int8.onnx"));
        predictor(new GraphWriter())
                .longs("last", new long[] {2}, 1)
                .node("Unsqueeze", List.of("counts", "last"), "outputs")
                .node("Identity", List.of("target_length"), "prednet_lengths")
                .output("outputs", Type.FLOAT, "B", TOKENS, 1)
                .output("prednet_lengths", Type.INT32, "B")
                .output("output_states_1", Type.FLOAT, 2, "B", TOKENS)
                .output("output_states_2", Type.FLOAT, 2, "B", TOKENS)
                .write(folder.resolve("decoder.int8.onnx"));
        int width = TOKENS + DURATIONS;
        joint(
                        new GraphWriter()
                                .input("encoder_outputs", Type.FLOAT, "B", TONES_HZ.length, 1)
                                .input("decoder_outputs", Type.FLOAT, "B", TOKENS, 1)
                                .longs("lastAxis", new long[] {2}, 1)
                                .node("Squeeze", List.of("decoder_outputs", "lastAxis"), "counts"),
                        width)
                .output("outputs", Type.FLOAT, "B", 1, 1, width)
                .write(folder.resolve("joiner.int8.onnx"));
        Files.write(folder.resolve("tokens.txt"), VOCABULARY);
    }

    /** Every eighth frame, of it the bands in which the tones lie. */
    private static GraphWriter encoder() {
        var pick = new float[TONES_HZ.length * BANDS];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            pick[tone * BANDS + band(TONES_HZ[tone])] = 1;
        }
        return new GraphWriter()
                .input("audio_signal", Type.FLOAT, "B", BANDS, "T")
                .input("length", Type.INT64, "B")
                .floats("pick", pick, TONES_HZ.length, BANDS, 1)
                .longs("seven", new long[] {7})
                .longs("eight", new long[] {8})
                .node("Conv", List.of("audio_signal", "pick"), "outputs", numbers("strides", 8))
                .node("Add", List.of("length", "seven"), "rounded")
                .node("Div", List.of("rounded", "eight"), "encoded_lengths")
                .output("outputs", Type.FLOAT, "B", TONES_HZ.length, "U")
                .output("encoded_lengths", Type.INT64, "B");
    }

    /** Slaney's mel scale from 1 kHz on is logarithmic, below it is linear. */
    private static int band(int hertz) {
        return (int) Math.round(mel(hertz) * (BANDS + 1) / mel(8000)) - 1;
    }

    private static double mel(double hertz) {
        return hertz < 1000 ? hertz * 3 / 200 : 15 + Math.log(hertz / 1000) * 27 / Math.log(6.4);
    }

    /** Counts how often each token went in. */
    private static GraphWriter predictor(GraphWriter graph) {
        return graph.input("targets", Type.INT32, "B", 1)
                .input("target_length", Type.INT32, "B")
                .input("input_states_1", Type.FLOAT, 2, "B", TOKENS)
                .input("input_states_2", Type.FLOAT, 2, "B", TOKENS)
                .floats("each", each(), TOKENS, TOKENS)
                .longs("first", new long[] {0})
                .longs("second", new long[] {1}, 1)
                .longs("front", new long[] {0}, 1)
                .node("Gather", List.of("each", "targets"), "now", number("axis", 0))
                .node("Squeeze", List.of("now", "second"), "token")
                .node("Unsqueeze", List.of("token", "front"), "layer")
                .node("Add", List.of("input_states_1", "layer"), "output_states_1")
                .node("Identity", List.of("input_states_2"), "output_states_2")
                .node("Gather", List.of("output_states_1", "first"), "counts", number("axis", 0));
    }

    /** Loud tones are said, once each; a token that was counted twice makes "wrong". */
    private static GraphWriter joint(GraphWriter graph, int width) {
        var heard = new float[TONES_HZ.length * width];
        var said = new float[TOKENS * width];
        var twice = new float[TOKENS * width];
        var bias = new float[width];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            heard[tone * width + tone] = 10;
            said[tone * width + tone] = -1000;
        }
        for (int token = 0; token < TOKENS; token++) {
            twice[token * width + WRONG] = 1_000_000;
        }
        bias[WRONG] = -1000;
        bias[BLANK] = 10;
        if (width > TOKENS) {
            bias[TOKENS + 2] = 5;
        }
        return graph.floats("heard", heard, TONES_HZ.length, width)
                .floats("said", said, TOKENS, width)
                .floats("twice", twice, TOKENS, width)
                .floats("bias", bias, width)
                .floats("enough", fill(TOKENS, 1.5f), TOKENS)
                .longs("tail", new long[] {2}, 1)
                .longs("middle", new long[] {1, 2}, 2)
                .node("Squeeze", List.of("encoder_outputs", "tail"), "frame")
                .node("MatMul", List.of("frame", "heard"), "loud")
                .node("MatMul", List.of("counts", "said"), "quiet")
                .node("Sub", List.of("counts", "enough"), "over")
                .node("Relu", List.of("over"), "tooOften")
                .node("MatMul", List.of("tooOften", "twice"), "alarm")
                .node("Sum", List.of("loud", "quiet", "alarm", "bias"), "scores")
                .node("Unsqueeze", List.of("scores", "middle"), "outputs");
    }

    private static float[] each() {
        var identity = new float[TOKENS * TOKENS];
        for (int token = 0; token < TOKENS; token++) {
            identity[token * TOKENS + token] = 1;
        }
        return identity;
    }

    private static float[] fill(int size, float value) {
        var values = new float[size];
        Arrays.fill(values, value);
        return values;
    }

    /** Tones of 0.4 s, one after the other, each followed by 0.2 s of silence. */
    static float[] tones(int... hertz) {
        var samples = new float[hertz.length * 9600];
        for (int tone = 0; tone < hertz.length; tone++) {
            for (int i = 0; i < 6400; i++) {
                samples[tone * 9600 + i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz[tone] * i / 16_000));
            }
        }
        return samples;
    }
}
