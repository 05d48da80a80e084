package dev.earshot.asr.domain.whisper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whisper's tokens: bytes of text, and special tokens with names as {@code <|en|>}. Immutable.
 *
 * <p>The ids of special tokens differ between the English models, the multilingual ones and those of large-v3: they are found by
 * name. Source: openai-whisper, {@code tokenizer.py}.
 */
public final class Vocabulary {

    private static final int TIMESTAMPS = 1501;

    private final Map<Integer, byte[]> text;
    private final Map<String, Integer> special;
    private final Map<String, Integer> languages = new LinkedHashMap<>();
    private final int endOfText;
    private final int startOfTranscript;
    private final int noTimestamps;

    private Vocabulary(Map<Integer, byte[]> text, Map<String, Integer> special) {
        this.text = text;
        this.special = special;
        endOfText = required("<|endoftext|>");
        startOfTranscript = required("<|startoftranscript|>");
        noTimestamps = required("<|notimestamps|>");
        int firstTask = Math.min(required("<|transcribe|>"), required("<|translate|>"));
        new TreeMap<>(byId(special)).forEach((id, name) -> {
            if (id > startOfTranscript && id < firstTask && name.matches("<\\|[a-z]{2,3}\\|>")) {
                languages.put(name.substring(2, name.length() - 2), id);
            }
        });
    }

    private static Map<Integer, String> byId(Map<String, Integer> ids) {
        var names = new HashMap<Integer, String>();
        ids.forEach((name, id) -> names.put(id, name));
        return names;
    }

    private int required(String name) {
        Integer id = special.get(name);
        if (id == null) {
            throw new IllegalArgumentException("no token " + name + " (expected: the tokens of a Whisper model)");
        }
        return id;
    }

    /**
     * The vocabulary of transformers' files.
     *
     * @param tokens token to id, bytes written as GPT-2 writes them
     * @param added special token to id; timestamps may be missing
     */
    public static Vocabulary of(Map<String, Integer> tokens, Map<String, Integer> added) {
        var text = new HashMap<Integer, byte[]>();
        var special = new HashMap<>(added);
        tokens.forEach((token, id) -> {
            if (token.startsWith("<|") && token.endsWith("|>")) {
                special.putIfAbsent(token, id);
            } else if (!added.containsKey(token)) {
                text.put(id, ByteLevel.bytes(token));
            }
        });
        return new Vocabulary(text, special);
    }

    /**
     * The vocabulary of a {@code .tiktoken} file: lines of base64 bytes and rank, without special tokens.
     *
     * @param special special token to id
     */
    public static Vocabulary ofRanks(List<String> lines, Map<String, Integer> special) {
        var text = new HashMap<Integer, byte[]>();
        for (String line : lines) {
            String[] columns = line.trim().split(" ");
            // A lone "=" is how the multilingual file writes a token of no bytes.
            if (columns.length == 2 && !columns[0].equals("=")) {
                text.put(Integer.parseInt(columns[1]), Base64.getDecoder().decode(columns[0]));
            }
        }
        return new Vocabulary(text, special);
    }

    public int endOfText() {
        return endOfText;
    }

    public int startOfTranscript() {
        return startOfTranscript;
    }

    public int noTimestamps() {
        return noTimestamps;
    }

    public int transcribe() {
        return required("<|transcribe|>");
    }

    public int translate() {
        return required("<|translate|>");
    }

    /** The token whose probability says that nobody speaks; -1 when the model has none. */
    public int noSpeech() {
        return special.getOrDefault("<|nospeech|>", special.getOrDefault("<|nocaptions|>", -1));
    }

    /** The token of 0.00 s: each further one is 0.02 s later. */
    public int firstTimestamp() {
        return noTimestamps + 1;
    }

    public boolean isTimestamp(int token) {
        return token >= firstTimestamp() && token < firstTimestamp() + TIMESTAMPS;
    }

    public boolean isText(int token) {
        return text.containsKey(token);
    }

    /** Languages by ISO code, with their tokens; English models have the tokens and do not use them. */
    public Map<String, Integer> languages() {
        return languages;
    }

    /** The token of a name as {@code <|translate|>}; null when there is none. */
    @Nullable
    Integer special(String name) {
        return special.get(name);
    }

    /** The text of tokens, special ones left out; bytes that are no UTF-8 become U+FFFD. */
    public String decode(List<Integer> tokens) {
        var bytes = new ByteArrayOutputStream();
        tokens.forEach(token -> bytes.writeBytes(text.getOrDefault(token, new byte[0])));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
