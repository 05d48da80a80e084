package dev.earshot.asr.onnx;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.asr.port.ModelInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code model.json} of any family may say of itself. A folder that lacks the file is known by its other files.
 *
 * @param family see {@link ModelFamily}; null leaves it to the files
 * @param name shown in hypotheses and metrics; null takes the folder's name
 * @param language ISO 639; null for many
 * @param notice what people must know before they trust it; null when there is nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ModelCard(@Nullable String family, @Nullable String name, @Nullable String language, @Nullable String notice) {

    static final ModelCard NONE = new ModelCard(null, null, null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a recogniser says of itself. */
    ModelInfo info(ModelFolder folder, String hash, String provider) {
        return new ModelInfo(name != null ? name : folder.modelName(), hash, language, notice, provider);
    }

    static ModelCard read(ModelFolder folder) {
        if (!folder.has(ModelMetadata.FILE)) {
            return NONE;
        }
        try {
            return JSON.readValue(folder.bytes(ModelMetadata.FILE), ModelCard.class);
        } catch (JsonProcessingException e) {
            throw folder.broken(
                    ModelMetadata.FILE, "is not JSON of the expected form (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw folder.broken(ModelMetadata.FILE, "cannot be read (" + e.getMessage() + ")");
        }
    }
}
