package dev.earshot.asr.onnx;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.port.ModelInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A model folder's {@code model.json}: what the files are and how to use them.
 *
 * @param family only {@code ctc} is known
 * @param name shown in hypotheses and metrics
 * @param language ISO 639-1; null for many
 * @param notice what people must know before they trust it; null when there is nothing
 * @param sampleRateHz must be 16000
 * @param rowMs milliseconds of audio per row of the output
 * @param model the ONNX file: waveform float32 [batch, samples] to log probabilities float32 [batch, rows, tokens]
 * @param sha256 of the ONNX file, hex; null leaves it unchecked
 * @param input name of the graph's input
 * @param output name of the graph's output
 * @param tokens lines {@code <token> <id>}
 * @param lexicon lines {@code word<TAB>log probability}; null for greedy search
 * @param bigrams lines {@code previous<TAB>word<TAB>log probability}; may be null
 * @param truecase lines {@code word<TAB>as shown}; may be null
 * @param beam prefixes kept by the beam search
 * @param wordWeight factor on a word's log probability
 * @param wordBonus added per word
 * @param mostDoubt entropy of the model's rows per letter, in nats, above which a text is taken for noise; null believes all
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ModelMetadata(
        String family,
        String name,
        @Nullable String language,
        @Nullable String notice,
        int sampleRateHz,
        int rowMs,
        String model,
        @Nullable String sha256,
        String input,
        String output,
        String tokens,
        @Nullable String lexicon,
        @Nullable String bigrams,
        @Nullable String truecase,
        int beam,
        float wordWeight,
        float wordBonus,
        @Nullable Double mostDoubt) {

    static final String FILE = "model.json";

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** What a recogniser says of itself. */
    ModelInfo info(String hash, String provider) {
        return new ModelInfo(name, hash, language, notice, provider);
    }

    /** Throws {@link dev.earshot.asr.port.ModelException} with a sentence when the file does not describe a CTC model. */
    static ModelMetadata read(ModelFolder folder) {
        ModelMetadata metadata;
        try {
            metadata = JSON.readValue(folder.bytes(FILE), ModelMetadata.class);
        } catch (JsonProcessingException e) {
            throw folder.broken(FILE, "is not JSON of the expected form (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw folder.broken(FILE, "cannot be read (" + e.getMessage() + ")");
        }
        metadata.check(folder);
        return metadata;
    }

    @SuppressWarnings("NullAway") // What Jackson did not find is null whatever the type says: that is what is checked.
    private void check(ModelFolder folder) {
        require(folder, "ctc".equals(family), "family", family, "ctc");
        require(folder, sampleRateHz == AudioTime.SAMPLE_RATE_HZ, "sampleRateHz", sampleRateHz, "16000");
        require(folder, rowMs > 0 && rowMs <= 1000, "rowMs", rowMs, "1..1000");
        require(folder, name != null, "name", name, "the model's name");
        require(folder, model != null, "model", model, "the name of an ONNX file");
        require(folder, tokens != null, "tokens", tokens, "the name of a token list");
        require(folder, input != null, "input", input, "the name of the graph's input");
        require(folder, output != null, "output", output, "the name of the graph's output");
        require(folder, lexicon == null || beam > 0, "beam", beam, "at least 1");
        require(folder, mostDoubt == null || mostDoubt > 0, "mostDoubt", mostDoubt, "more than 0");
    }

    private static void require(
            ModelFolder folder, boolean holds, String field, @Nullable Object value, String expected) {
        if (!holds) {
            throw folder.broken(FILE, field + ": " + value + " (expected: " + expected + ")");
        }
    }
}
