package dev.earshot.asr.onnx;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.earshot.asr.domain.whisper.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Whisper folder's JSON files say, as transformers writes them.
 *
 * @param multilingual whether the prompt names a language and a task
 * @param never tokens that are never said
 * @param neverFirst tokens with which nothing begins
 * @param bands mel bands; 0 when the files do not say
 */
record WhisperSettings(
        Vocabulary vocabulary, boolean multilingual, List<Integer> never, List<Integer> neverFirst, int bands) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENGLISH_VOCABULARY = 51864;

    static WhisperSettings read(ModelFolder folder) {
        JsonNode config = json(folder, "config.json");
        JsonNode generation = json(folder, "generation_config.json");
        var special = new HashMap<String, Integer>();
        Vocabulary vocabulary = vocabulary(folder, special);
        List<Integer> never = new ArrayList<>(numbers(generation, config, "suppress_tokens"));
        // No special token is ever said but times and the end, which the rules let through.
        special.values().stream()
                .filter(id -> id != vocabulary.endOfText() && !vocabulary.isTimestamp(id))
                .forEach(never::add);
        int bands = json(folder, "preprocessor_config.json")
                .path("feature_size")
                .asInt(config.path("num_mel_bins").asInt(0));
        return new WhisperSettings(
                vocabulary,
                multilingual(config, generation),
                never,
                numbers(generation, config, "begin_suppress_tokens"),
                bands);
    }

    /** The English models' older files do not say that they are. */
    private static boolean multilingual(JsonNode config, JsonNode generation) {
        if (generation.has("is_multilingual")) {
            return generation.path("is_multilingual").asBoolean();
        }
        return generation.has("lang_to_id") || config.path("vocab_size").asInt() > ENGLISH_VOCABULARY;
    }

    private static Vocabulary vocabulary(ModelFolder folder, Map<String, Integer> special) {
        Map<String, Integer> tokens;
        String file = folder.has("tokenizer.json") ? "tokenizer.json" : "vocab.json";
        if (file.equals("tokenizer.json")) {
            JsonNode tokenizer = json(folder, file);
            tokens = ids(tokenizer.path("model").path("vocab"));
            tokenizer
                    .path("added_tokens")
                    .forEach(token -> special.put(
                            token.path("content").asText(), token.path("id").asInt()));
        } else {
            tokens = ids(JSON.valueToTree(json(folder, file)));
            special.putAll(ids(json(folder, "added_tokens.json")));
        }
        tokens.forEach((token, id) -> {
            if (token.startsWith("<|") && token.endsWith("|>")) {
                special.putIfAbsent(token, id);
            }
        });
        try {
            return Vocabulary.of(tokens, special);
        } catch (IllegalArgumentException e) {
            throw folder.broken(file, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Integer> ids(JsonNode node) {
        return node.isObject() ? JSON.convertValue(node, new TypeReference<>() {}) : Map.of();
    }

    private static List<Integer> numbers(JsonNode first, JsonNode second, String name) {
        JsonNode list = first.path(name).isArray() ? first.path(name) : second.path(name);
        var numbers = new ArrayList<Integer>();
        list.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static JsonNode json(ModelFolder folder, String file) {
        if (!folder.has(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(folder.bytes(file));
        } catch (IOException e) {
            throw folder.broken(file, "is not JSON (" + e.getMessage() + ")");
        }
    }
}
