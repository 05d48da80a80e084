package dev.earshot.asr.onnx;

import static dev.earshot.asr.onnx.GraphWriter.branch;
import static dev.earshot.asr.onnx.GraphWriter.number;
import static dev.earshot.asr.onnx.GraphWriter.numbers;
import static dev.earshot.asr.onnx.GraphWriter.to;

import dev.earshot.asr.onnx.GraphWriter.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A Whisper with the inputs and outputs of the real ones that understands three tones: 1000 Hz is an English "hello world" of two
 * seconds, 3000 Hz a German "hallo welt", and at 5000 Hz it gets stuck and says "a" again and again unless it is drawn by lot.
 * Where no language was named both greetings are English.
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
    /** Tokens of an answer of the beam search. */
    private static final int SEARCHED = 32;

    private static final int HELLO = 0;
    private static final int WORLD = 1;
    private static final int HALLO = 2;
    private static final int WELT = 3;
    private static final int A = 4;
    private static final int END = 8;
    private static final int START = 9;
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
        split(folder, decoder(Type.FLOAT, false), Type.FLOAT, "");
    }

    /** The same in half precision: no float goes in or out that is a whole one. */
    static void halved(Path folder) throws IOException {
        split(folder, decoder(Type.FLOAT16, false), Type.FLOAT16, "_fp16");
    }

    /** The same with a decoder that wants to be told where each token stands, and says "a" more and more if that is wrong. */
    static void toldPositions(Path folder) throws IOException {
        split(folder, decoder(Type.FLOAT, true), Type.FLOAT, "");
    }

    private static void split(Path folder, GraphWriter decoder, Type floats, String suffix) throws IOException {
        Files.createDirectories(folder.resolve("onnx"));
        settings(folder);
        encoder(floats).write(folder.resolve("onnx/encoder_model" + suffix + ".onnx"));
        decoder.write(folder.resolve("onnx/decoder_model_merged" + suffix + ".onnx"));
    }

    /** The beam search inside. */
    static void whole(Path folder) throws IOException {
        whole(folder, beamSearch(Type.FLOAT, false));
    }

    /**
     * The beam search inside, with a temperature; it tells how likely its answers are, and where nobody speaks. There it says "a"
     * all the same.
     */
    static void wholeWithScores(Path folder, Type floats) throws IOException {
        whole(folder, beamSearch(floats, true));
    }

    /** The beam search inside, with one input more. */
    static void wholeWith(Path folder, String input) throws IOException {
        whole(folder, beamSearch(Type.FLOAT, false).input(input, Type.INT32, 1));
    }

    private static void whole(Path folder, GraphWriter graph) throws IOException {
        settings(folder);
        graph.write(folder.resolve("whisper-tones_beamsearch.onnx"));
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
    private static GraphWriter encoder(Type floats) {
        var graph = new GraphWriter();
        in(graph, floats, "input_features", "B", BANDS, 3000);
        bands(graph).node("Transpose", List.of("tones"), single("last_hidden_state"), numbers("perm", 0, 2, 1));
        out(graph, floats, "last_hidden_state", "B", 1500, TONES_HZ.length);
        return graph;
    }

    /** An input of whole or half floats; what is made of it are whole ones. */
    private static void in(GraphWriter graph, Type floats, String name, Object... shape) {
        graph.input(name, floats, shape).node("Cast", List.of(name), single(name), to(Type.FLOAT));
    }

    private static void out(GraphWriter graph, Type floats, String name, Object... shape) {
        graph.node("Cast", List.of(single(name)), name, to(floats)).output(name, floats, shape);
    }

    private static String single(String name) {
        return "single." + name;
    }

    private static GraphWriter bands(GraphWriter graph) {
        var pick = new float[TONES_HZ.length * BANDS];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            double mel = 15 + Math.log(TONES_HZ[tone] / 1000.0) * 27 / Math.log(6.4);
            double top = 15 + Math.log(8) * 27 / Math.log(6.4);
            pick[tone * BANDS + (int) Math.round(mel * (BANDS + 1) / top) - 1] = 1;
        }
        return graph.floats("pick", pick, TONES_HZ.length, BANDS, 1)
                .node("Conv", List.of(single("input_features"), "pick"), "tones", numbers("strides", 2));
    }

    private static GraphWriter decoder(Type floats, boolean told) {
        var graph = new GraphWriter()
                .input("input_ids", Type.INT64, "B", "S")
                .input("use_cache_branch", Type.BOOL, 1)
                .longs("heads", new long[] {1}, 1)
                .longs("one", new long[] {1}, 1)
                .longs("two", new long[] {2}, 1)
                .longs("zero", new long[] {0}, 1);
        in(graph, floats, "encoder_hidden_states", "B", 1500, TONES_HZ.length);
        in(graph, floats, "past_key_values.0.decoder.key", "B", 1, "P", HEAD);
        in(graph, floats, "past_key_values.0.decoder.value", "B", 1, "P", HEAD);
        in(graph, floats, "past_key_values.0.encoder.key", "B", 1, "E", HEAD);
        in(graph, floats, "past_key_values.0.encoder.value", "B", 1, "E", HEAD);
        encoderKeys(graph);
        spoken(graph);
        scores(graph);
        if (told) {
            astray(graph);
        }
        graph.node("Sum", told ? List.of("scores", "astray") : List.of("scores"), single("logits"));
        out(graph, floats, "logits", "B", "S", VOCABULARY);
        out(graph, floats, "present.0.decoder.key", "B", 1, "Q", HEAD);
        out(graph, floats, "present.0.decoder.value", "B", 1, "Q", HEAD);
        out(graph, floats, "present.0.encoder.key", "B", 1, "F", HEAD);
        out(graph, floats, "present.0.encoder.value", "B", 1, "F", HEAD);
        return graph;
    }

    /** From the hidden states in the first call; from the past, and given back empty, in later ones. */
    private static void encoderKeys(GraphWriter graph) {
        var widen = new float[TONES_HZ.length * HEAD];
        for (int tone = 0; tone < TONES_HZ.length; tone++) {
            widen[tone * HEAD + tone] = 1;
        }
        var cached = new GraphWriter()
                .node("Identity", List.of(single("past_key_values.0.encoder.key")), "cachedKeys")
                .node("Slice", List.of(single("past_key_values.0.encoder.key"), "zero", "zero", "two"), "noKeys")
                .output("cachedKeys", Type.FLOAT, "B", 1, "E", HEAD)
                .output("noKeys", Type.FLOAT, "B", 1, "N", HEAD);
        var fresh = new GraphWriter()
                .node("MatMul", List.of(single("encoder_hidden_states"), "widen"), "wide")
                .node("Unsqueeze", List.of("wide", "heads"), "freshKeys")
                .node("Identity", List.of("freshKeys"), "sameKeys")
                .output("freshKeys", Type.FLOAT, "B", 1, "E", HEAD)
                .output("sameKeys", Type.FLOAT, "B", 1, "E", HEAD);
        graph.floats("widen", widen, TONES_HZ.length, HEAD)
                .node(
                        "If",
                        List.of("use_cache_branch"),
                        List.of("encoderKeys", single("present.0.encoder.key")),
                        branch("then_branch", cached),
                        branch("else_branch", fresh))
                .node("Identity", List.of(single("present.0.encoder.key")), single("present.0.encoder.value"));
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
                        List.of(single("past_key_values.0.decoder.key"), "nowKeys"),
                        single("present.0.decoder.key"),
                        number("axis", 2))
                .node(
                        "Concat",
                        List.of(single("past_key_values.0.decoder.value"), "nowKeys"),
                        single("present.0.decoder.value"),
                        number("axis", 2))
                .node("CumSum", List.of(single("present.0.decoder.key"), "along"), "sums")
                .node("Shape", List.of("input_ids"), "shape")
                .node("Slice", List.of("shape", "one", "two", "zero"), "steps")
                .node("Neg", List.of("steps"), "back")
                .node("Slice", List.of("sums", "back", "far", "two"), "last")
                .node("Squeeze", List.of("last", "one"), "said");
    }

    private static void scores(GraphWriter graph) {
        heard(graph, "encoderKeys", 2, 1)
                .floats("afterWords", afterWords(), HEAD, VOCABULARY)
                .floats("afterSounds", afterSounds(), HEAD, VOCABULARY)
                .floats("bias", bias(), VOCABULARY)
                .node("MatMul", List.of("said", "afterWords"), "fromWords")
                .node("MatMul", List.of("heard", "afterSounds"), "fromSounds")
                .node("Sum", List.of("fromWords", "fromSounds", "bias"), "scores");
    }

    /** By how much the decoder is misled about where the tokens stand, it says "a". */
    private static void astray(GraphWriter graph) {
        var sayA = new float[VOCABULARY];
        sayA[A] = 1000;
        graph.input("cache_position", Type.INT64, "S")
                .floats("sayA", sayA, VOCABULARY)
                .longs("step", new long[] {1})
                .node("Shape", List.of(single("past_key_values.0.decoder.key")), "pastShape")
                .node("Shape", List.of(single("present.0.decoder.key")), "presentShape")
                .node("Gather", List.of("pastShape", "along"), "before")
                .node("Gather", List.of("presentShape", "along"), "after")
                .node("Range", List.of("before", "after", "step"), "positions")
                .node("Sub", List.of("cache_position", "positions"), "difference")
                .node("Abs", List.of("difference"), "distances")
                .node("Cast", List.of("distances"), "distancesAway", to(Type.FLOAT))
                .node("ReduceMax", List.of("distancesAway"), "distance", number("keepdims", 0))
                .node("Mul", List.of("distance", "sayA"), "astray");
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
        set(weights, START, HELLO, 5);
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

    /** @param judged whether it takes a temperature and scores its answers */
    private static GraphWriter beamSearch(Type floats, boolean judged) {
        var graph = new GraphWriter()
                .input("max_length", Type.INT32, 1)
                .input("min_length", Type.INT32, 1)
                .input("num_beams", Type.INT32, 1)
                .input("num_return_sequences", Type.INT32, 1)
                .input("length_penalty", floats, 1)
                .input("repetition_penalty", floats, 1)
                .input("decoder_input_ids", Type.INT32, "B", "S")
                .longs("beam", new long[] {1}, 1);
        in(graph, floats, "input_features", "B", BANDS, 3000);
        heard(bands(graph), "tones", 2, 0);
        answers(graph, judged ? new int[] {EN, A} : new int[] {EN});
        if (judged) {
            lots(graph, floats);
        }
        graph.node("Sum", judged ? List.of("fits", "lot") : List.of("fits"), "choice")
                .node("ArgMax", List.of("choice"), "which", number("axis", 1), number("keepdims", 0))
                .node("Gather", List.of("answers", "which"), "answer", number("axis", 0))
                .node("Cast", List.of("answer"), "answer32", to(Type.INT32))
                .node("Concat", List.of("decoder_input_ids", "answer32"), "sequence", number("axis", 1))
                .node("Unsqueeze", List.of("sequence", "beam"), "sequences")
                .output("sequences", Type.INT32, "B", 1, "L");
        if (judged) {
            likelihoods(graph, floats);
        }
        return graph;
    }

    /**
     * What follows the prompt when English, German, or nothing is heard, and the three ways to be stuck: an unlikely word, one word
     * for ever, and one word.
     */
    private static void answers(GraphWriter graph, int[] nothing) {
        int[] forEver = new int[SEARCHED];
        Arrays.fill(forEver, A);
        forEver[0] = EN;
        int[][] answers = {
            {EN, HELLO, WORLD}, {DE, HALLO, WELT}, nothing, {EN, WORLD}, forEver, {EN, A},
        };
        var tokens = new long[answers.length * SEARCHED];
        Arrays.fill(tokens, END);
        for (int i = 0; i < answers.length; i++) {
            for (int j = 0; j < answers[i].length; j++) {
                tokens[i * SEARCHED + j] = answers[i][j];
            }
        }
        graph.longs("answers", tokens, answers.length, SEARCHED)
                .floats("sounds", new float[] {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0.9f, 0.8f}, 3, 6)
                .floats("silence", new float[] {0, 0, 0.5f, 0, 0, 0}, 6)
                .node("MatMul", List.of("heard", "sounds"), "fromSounds")
                .node("Add", List.of("fromSounds", "silence"), "fits");
    }

    /** Stuck, it says one word for ever below a temperature of 0.3, and one word from there to 0.5. */
    private static void lots(GraphWriter graph, Type floats) {
        in(graph, floats, "temperature", 1);
        graph.floats("limits", new float[] {0.3f, 0.5f}, 2)
                .floats("lots", new float[] {0, 0, 0, 0, 0.3f, 0, 0, 0, 0, 0, 0, 0.3f}, 2, 6)
                .node("Less", List.of(single("temperature"), "limits"), "below")
                .node("Cast", List.of("below"), "cold", to(Type.FLOAT))
                .node("MatMul", List.of("cold", "lots"), "lot");
    }

    private static void likelihoods(GraphWriter graph, Type floats) {
        graph.floats("likely", new float[] {-0.1f, -0.1f, -2, -1.5f, -0.2f, -0.7f}, 6, 1)
                .floats("nobody", new float[] {0, 0, 0.9f, 0, 0, 0}, 6)
                .node("Gather", List.of("likely", "which"), single("sequences_scores"), number("axis", 0))
                .node("Gather", List.of("nobody", "which"), single("no_speech_probs"), number("axis", 0));
        out(graph, floats, "sequences_scores", "B", 1);
        out(graph, floats, "no_speech_probs", "B");
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
