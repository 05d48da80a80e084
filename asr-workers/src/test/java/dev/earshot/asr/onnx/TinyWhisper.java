package dev.earshot.asr.onnx;

import static dev.earshot.asr.onnx.GraphWriter.branch;
import static dev.earshot.asr.onnx.GraphWriter.number;
import static dev.earshot.asr.onnx.GraphWriter.numbers;

import dev.earshot.asr.onnx.GraphWriter.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A Whisper with the inputs and outputs of the real ones that understands three tones: 1000 Hz is an English "hello world" of two
 * seconds, 3000 Hz a German "hallo welt", and at 5000 Hz it gets stuck and says "a" again and again unless it is drawn by lot.
 *
 * <p>What it says next depends on how often it said each word before, which it knows from its cache of keys alone, and on what
 * the encoder heard, which it knows in later calls from the first call's keys alone.
 */
final class TinyWhisper {

    static final int ENGLISH_HZ = 1000;
    static final int GERMAN_HZ = 3000;
    static final int STUCK_HZ = 5000;

    private static final int[] TONES_HZ = {ENGLISH_HZ, GERMAN_HZ, STUCK_HZ};
    private static final int BANDS = 80;

    private static final int HELLO = 0;
    private static final int WORLD = 1;
    private static final int HALLO = 2;
    private static final int WELT = 3;
    private static final int A = 4;
    private static final int END = 8;
    private static final int EN = 10;
    private static final int DE = 11;
    private static final int TRANSLATE = 12;
    private static final int NO_SPEECH = 16;
    private static final int TIME = 18;
    private static final int TWO_SECONDS = TIME + 100;
    private static final int VOCABULARY = TIME + 1501;
    /** Values per head, as in every Whisper: token classes here, of which times are one. */
    private static final int HEAD = 64;

    private static final String TOKENIZER =
            """
            {"model": {"vocab": {"\u0120hello": 0, "\u0120world": 1, "\u0120hallo": 2, "\u0120welt": 3, "\u0120a": 4, "!": 5}},
             "added_tokens": [
               {"id": 8, "content": "<|endoftext|>"}, {"id": 9, "content": "<|startoftranscript|>"},
               {"id": 10, "content": "<|en|>"}, {"id": 11, "content": "<|de|>"},
               {"id": 12, "content": "<|translate|>"}, {"id": 13, "content": "<|transcribe|>"},
               {"id": 14, "content": "<|startoflm|>"}, {"id": 15, "content": "<|startofprev|>"},
               {"id": 16, "content": "<|nospeech|>"}, {"id": 17, "content": "<|notimestamps|>"}]}
            """;

    private TinyWhisper() {}

    /** Encoder and merged decoder, as optimum lays them out. */
    static void split(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("onnx"));
        settings(folder);
        encoder().write(folder.resolve("onnx/encoder_model.onnx"));
        decoder().write(folder.resolve("onnx/decoder_model_merged.onnx"));
    }

    /** The beam search inside. */
    static void whole(Path folder) throws IOException {
        settings(folder);
        beamSearch().write(folder.resolve("whisper-tones_beamsearch.onnx"));
    }

    private static void settings(Path folder) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"whisper\", \"num_mel_bins\": 80}");
        Files.writeString(
                folder.resolve("generation_config.json"),
                "{\"is_multilingual\": true, \"suppress_tokens\": [5], \"begin_suppress_tokens\": [4, 8]}");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"feature_size\": 80}");
    }

    /** Every second frame, of it the bands in which the tones lie. */
    private static GraphWriter encoder() {
        return bands(new GraphWriter().input("input_features", Type.FLOAT, "B", BANDS, 3000))
                .node("Transpose", List.of("tones"), "last_hidden_state", numbers("perm", 0, 2, 1))
                .output("last_hidden_state", Type.FLOAT, "B", 1500, TONES_HZ.length);
    }

    private static GraphWriter bands(GraphWriter graph) {
        var pick = new float[TONES_HZ.length * BANDS];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            double mel = 15 + Math.log(TONES_HZ[tone] / 1000.0) * 27 / Math.log(6.4);
            double top = 15 + Math.log(8) * 27 / Math.log(6.4);
            pick[tone * BANDS + (int) Math.round(mel * (BANDS + 1) / top) - 1] = 1;
        }
        return graph.floats("pick", pick, TONES_HZ.length, BANDS, 1)
                .node("Conv", List.of("input_features", "pick"), "tones", numbers("strides", 2));
    }

    private static GraphWriter decoder() {
        var graph = new GraphWriter()
                .input("input_ids", Type.INT64, "B", "S")
                .input("encoder_hidden_states", Type.FLOAT, "B", 1500, TONES_HZ.length)
                .input("past_key_values.0.decoder.key", Type.FLOAT, "B", 1, "P", HEAD)
                .input("past_key_values.0.decoder.value", Type.FLOAT, "B", 1, "P", HEAD)
                .input("past_key_values.0.encoder.key", Type.FLOAT, "B", 1, "E", HEAD)
                .input("past_key_values.0.encoder.value", Type.FLOAT, "B", 1, "E", HEAD)
                .input("use_cache_branch", Type.BOOL, 1)
                .longs("heads", new long[] {1}, 1)
                .longs("one", new long[] {1}, 1)
                .longs("two", new long[] {2}, 1)
                .longs("zero", new long[] {0}, 1);
        encoderKeys(graph);
        spoken(graph);
        return scores(graph)
                .output("logits", Type.FLOAT, "B", "S", VOCABULARY)
                .output("present.0.decoder.key", Type.FLOAT, "B", 1, "Q", HEAD)
                .output("present.0.decoder.value", Type.FLOAT, "B", 1, "Q", HEAD)
                .output("present.0.encoder.key", Type.FLOAT, "B", 1, "F", HEAD)
                .output("present.0.encoder.value", Type.FLOAT, "B", 1, "F", HEAD);
    }

    /** From the hidden states in the first call; from the past, and given back empty, in later ones. */
    private static void encoderKeys(GraphWriter graph) {
        var widen = new float[TONES_HZ.length * HEAD];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            widen[tone * HEAD + tone] = 1;
        }
        var cached = new GraphWriter()
                .node("Identity", List.of("past_key_values.0.encoder.key"), "cachedKeys")
                .node("Slice", List.of("past_key_values.0.encoder.key", "zero", "zero", "two"), "noKeys")
                .output("cachedKeys", Type.FLOAT, "B", 1, "E", HEAD)
                .output("noKeys", Type.FLOAT, "B", 1, "N", HEAD);
        var fresh = new GraphWriter()
                .node("MatMul", List.of("encoder_hidden_states", "widen"), "wide")
                .node("Unsqueeze", List.of("wide", "heads"), "freshKeys")
                .node("Identity", List.of("freshKeys"), "sameKeys")
                .output("freshKeys", Type.FLOAT, "B", 1, "E", HEAD)
                .output("sameKeys", Type.FLOAT, "B", 1, "E", HEAD);
        graph.floats("widen", widen, TONES_HZ.length, HEAD)
                .node(
                        "If",
                        List.of("use_cache_branch"),
                        List.of("encoderKeys", "present.0.encoder.key"),
                        branch("then_branch", cached),
                        branch("else_branch", fresh))
                .node("Identity", List.of("present.0.encoder.key"), "present.0.encoder.value");
    }

    /** How often each class of tokens was said up to each position: sums over the cache. */
    private static void spoken(GraphWriter graph) {
        var classes = new float[VOCABULARY * HEAD];
        for (int token = 0; token < VOCABULARY; token++) {
            classes[token * HEAD + Math.min(token, TIME)] = 1;
        }
        graph.floats("classes", classes, VOCABULARY, HEAD)
                .longs("along", new long[] {2})
                .longs("far", new long[] {1 << 20}, 1)
                .node("Gather", List.of("classes", "input_ids"), "now", number("axis", 0))
                .node("Unsqueeze", List.of("now", "heads"), "nowKeys")
                .node(
                        "Concat",
                        List.of("past_key_values.0.decoder.key", "nowKeys"),
                        "present.0.decoder.key",
                        number("axis", 2))
                .node(
                        "Concat",
                        List.of("past_key_values.0.decoder.value", "nowKeys"),
                        "present.0.decoder.value",
                        number("axis", 2))
                .node("CumSum", List.of("present.0.decoder.key", "along"), "sums")
                .node("Shape", List.of("input_ids"), "shape")
                .node("Slice", List.of("shape", "one", "two", "zero"), "steps")
                .node("Neg", List.of("steps"), "back")
                .node("Slice", List.of("sums", "back", "far", "two"), "last")
                .node("Squeeze", List.of("last", "one"), "said");
    }

    private static GraphWriter scores(GraphWriter graph) {
        return heard(graph, "encoderKeys", 2, 1)
                .floats("afterWords", afterWords(), HEAD, VOCABULARY)
                .floats("afterSounds", afterSounds(), HEAD, VOCABULARY)
                .floats("bias", bias(), VOCABULARY)
                .node("MatMul", List.of("said", "afterWords"), "fromWords")
                .node("MatMul", List.of("heard", "afterSounds"), "fromSounds")
                .node("Sum", List.of("fromWords", "fromSounds", "bias"), "logits");
    }

    /** Which tones are there: 1 or 0, from the loudest moment of each. */
    private static GraphWriter heard(GraphWriter graph, String values, int time, int squeezed) {
        return graph.floats("quiet", new float[] {0.8f})
                .floats("steep", new float[] {20})
                .floats("off", new float[] {0})
                .floats("on", new float[] {1})
                .node("ReduceMax", List.of(values), "loudest", numbers("axes", time), number("keepdims", squeezed))
                .node("Sub", List.of("loudest", "quiet"), "above")
                .node("Mul", List.of("above", "steep"), "clear")
                .node("Clip", List.of("clear", "off", "on"), squeezed == 1 ? "heardHeads" : "heard")
                .node("Identity", List.of("off"), "nothing")
                .node(
                        squeezed == 1 ? "Squeeze" : "Identity",
                        squeezed == 1 ? List.of("heardHeads", "one") : List.of("heard"),
                        squeezed == 1 ? "heard" : "heardAgain");
    }

    private static float[] afterWords() {
        var weights = new float[HEAD * VOCABULARY];
        set(weights, EN, HELLO, 15);
        set(weights, DE, HALLO, 15);
        set(weights, TRANSLATE, HELLO, 55);
        set(weights, TRANSLATE, HALLO, -55);
        set(weights, HELLO, HELLO, -110);
        set(weights, HALLO, HALLO, -60);
        set(weights, HELLO, WORLD, 60);
        set(weights, HALLO, WELT, 60);
        set(weights, WORLD, WORLD, -60);
        set(weights, WELT, WELT, -60);
        set(weights, WORLD, TWO_SECONDS, 120);
        set(weights, WELT, TWO_SECONDS, 120);
        set(weights, TIME, TIME, -200);
        set(weights, TIME, TWO_SECONDS, -60);
        set(weights, TIME, END, 45);
        return weights;
    }

    private static float[] afterSounds() {
        var weights = new float[HEAD * VOCABULARY];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            set(weights, tone, END, -100);
            set(weights, tone, NO_SPEECH, -200);
        }
        set(weights, 0, EN, 30);
        set(weights, 1, DE, 30);
        set(weights, 2, EN, 30);
        // By half a point more likely than the end, for ever.
        set(weights, 2, A, 75);
        set(weights, 2, END, -25.5f);
        return weights;
    }

    private static float[] bias() {
        var bias = new float[VOCABULARY];
        Arrays.fill(bias, TIME, VOCABULARY, -60);
        bias[TIME] = 100;
        bias[TWO_SECONDS] = -40;
        bias[END] = 40;
        bias[NO_SPEECH] = 60;
        bias[WORLD] = -50;
        bias[WELT] = -50;
        bias[A] = -15;
        return bias;
    }

    private static void set(float[] weights, int from, int token, float weight) {
        weights[from * VOCABULARY + token] = weight;
    }

    private static GraphWriter beamSearch() {
        var graph = new GraphWriter()
                .input("input_features", Type.FLOAT, "B", BANDS, 3000)
                .input("max_length", Type.INT32, 1)
                .input("min_length", Type.INT32, 1)
                .input("num_beams", Type.INT32, 1)
                .input("num_return_sequences", Type.INT32, 1)
                .input("length_penalty", Type.FLOAT, 1)
                .input("repetition_penalty", Type.FLOAT, 1)
                .input("decoder_input_ids", Type.INT32, "B", "S")
                // What follows the prompt when English, German, or nothing is heard.
                .longs("answers", new long[] {EN, HELLO, WORLD, END, DE, HALLO, WELT, END, EN, END, END, END}, 3, 4)
                .floats("nothingHeard", new float[] {0, 0, 0.5f}, 3)
                .longs("beam", new long[] {1}, 1);
        return heard(bands(graph), "tones", 2, 0)
                .floats("noStuck", new float[] {1, 1, 0}, 3)
                .node("Mul", List.of("heard", "noStuck"), "languages")
                .node("Add", List.of("languages", "nothingHeard"), "choice")
                .node("ArgMax", List.of("choice"), "which", number("axis", 1), number("keepdims", 0))
                .node("Gather", List.of("answers", "which"), "answer", number("axis", 0))
                .node("Cast", List.of("answer"), "answer32", number("to", 6))
                .node("Concat", List.of("decoder_input_ids", "answer32"), "sequence", number("axis", 1))
                .node("Unsqueeze", List.of("sequence", "beam"), "sequences")
                .output("sequences", Type.INT32, "B", 1, "L");
    }

    /** A tone of one second, and silence up to the given length. */
    static float[] tone(int hertz, double seconds) {
        var samples = new float[(int) (seconds * 16_000)];
        for (int i = 0; i < Math.min(16_000, samples.length); i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / 16_000));
        }
        return samples;
    }
}
