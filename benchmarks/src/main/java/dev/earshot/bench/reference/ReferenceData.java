package dev.earshot.bench.reference;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.asr.domain.mel.MelFilterBank;
import dev.earshot.asr.domain.whisper.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares front ends and tokenizers with a folder of openai-whisper's own files. */
public final class ReferenceData {

    /** What came out of one comparison. */
    public record Finding(String what, boolean good, String detail) {}

    private static final int BINS = 201;
    private static final double CLOSE = 1e-8;

    /** What GPT-2's tokenizer, that of the English models, makes of a sentence. */
    private static final List<Integer> ENGLISH_IDS =
            List.of(843, 523, 616, 5891, 3399, 11, 1265, 407, 644, 534, 1499, 460, 466, 329, 345, 13);

    private static final String ENGLISH = " And so my fellow Americans, ask not what your country can do for you.";

    /** The first sentence of LibriSpeech's dummy set as transformers' tests have it. */
    private static final List<Integer> MULTILINGUAL_IDS = List.of(
            2221, 13, 2326, 388, 391, 307, 264, 50244, 295, 264, 2808, 5359, 11, 293, 321, 366, 5404, 281, 2928, 702,
            14943, 13);

    private static final String MULTILINGUAL =
            " Mr. Quilter is the apostle of the middle classes, and we are glad to welcome his gospel.";

    private final Path folder;
    private final List<Finding> findings = new ArrayList<>();

    public ReferenceData(Path folder) {
        this.folder = folder;
    }

    /** Compares everything. Throws {@link IOException} when a file is missing or not what it should be. */
    public List<Finding> compare() throws IOException {
        filters("mel_80", 80);
        filters("mel_128", 128);
        Map<String, Integer> special = new ObjectMapper()
                .readValue(folder.resolve("whisper-tiny.en/added_tokens.json").toFile(), new TypeReference<>() {});
        JsonNode generation = new ObjectMapper()
                .readTree(
                        folder.resolve("whisper-tiny.en/generation_config.json").toFile());
        special.put("<|endoftext|>", generation.path("eos_token_id").asInt());
        Vocabulary english = vocabulary("gpt2.tiktoken", special);
        tokens("tokens of the English models", english, ENGLISH_IDS, ENGLISH);
        tokens(
                "tokens of the multilingual models",
                vocabulary("multilingual.tiktoken", special),
                MULTILINGUAL_IDS,
                MULTILINGUAL);
        ids(english);
        suppressed(english, generation);
        return List.copyOf(findings);
    }

    private void filters(String name, int bands) throws IOException {
        float[] published = NumpyArchive.matrix(folder.resolve("mel_filters.npz"), name, bands, BINS);
        var ours = new MelFilterBank(bands, BINS);
        double largest = 0;
        for (int i = 0; i < published.length; i++) {
            largest = Math.max(largest, Math.abs(published[i] - ours.weight(i / BINS, i % BINS)));
        }
        add(
                "filter bank " + name,
                largest <= CLOSE,
                String.format(java.util.Locale.ROOT, "%d weights, largest difference %.1e", published.length, largest));
    }

    private Vocabulary vocabulary(String ranks, Map<String, Integer> special) throws IOException {
        return Vocabulary.ofRanks(Files.readAllLines(folder.resolve(ranks)), special);
    }

    private void tokens(String what, Vocabulary vocabulary, List<Integer> ids, String expected) {
        String text = vocabulary.decode(ids);
        add(what, text.equals(expected), ids.size() + " tokens:" + text);
    }

    /** The English models number them one lower than the multilingual ones. */
    private void ids(Vocabulary english) {
        boolean good = english.startOfTranscript() == 50257
                && english.translate() == 50357
                && english.transcribe() == 50358
                && english.noSpeech() == 50361
                && english.noTimestamps() == 50362
                && english.firstTimestamp() == 50363
                && english.languages().size() == 99;
        add("special tokens of tiny.en", good, english.languages().size() + " languages");
    }

    /** What is never said is no word: nothing of it is a letter or a digit. */
    private void suppressed(Vocabulary english, JsonNode generation) {
        List<String> words = new ArrayList<>();
        generation.path("suppress_tokens").forEach(id -> {
            String text = english.decode(List.of(id.asInt()));
            if (text.codePoints().anyMatch(Character::isLetterOrDigit)) {
                words.add(text);
            }
        });
        int count = generation.path("suppress_tokens").size();
        add("tokens that are never said", words.isEmpty() && count > 0, count + " tokens, words among them: " + words);
    }

    private void add(String what, boolean good, String detail) {
        findings.add(new Finding(what, good, detail));
    }
}
