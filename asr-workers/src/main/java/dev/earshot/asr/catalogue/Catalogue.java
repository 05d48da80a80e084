package dev.earshot.asr.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The models that can be named. Immutable. */
public final class Catalogue {

    /** For a machine without a GPU: it decodes an utterance by its length, where Whisper decodes 30 s for each word. */
    private static final String FOR_CPU = "parakeet-tdt-0.6b-v3";

    private static final String FOR_GPU = "parakeet-tdt-0.6b-v3-fp32";
    /** For a machine on which Parakeet and everything else have no room. */
    private static final String FOR_LITTLE_MEMORY = "whisper-base";

    private static final long ROOMY_BYTES = 6_000_000_000L;

    private final List<CatalogueModel> models;

    private Catalogue(List<CatalogueModel> models) {
        this.models = List.copyOf(models);
    }

    /** The catalogue that ships with this version. */
    public static Catalogue shipped() {
        try (InputStream in = Catalogue.class.getResourceAsStream("models.json")) {
            return of(Objects.requireNonNull(in, "models.json"));
        } catch (IOException e) {
            throw new IllegalStateException("models.json in this jar is broken; build it again", e);
        }
    }

    static Catalogue of(InputStream json) throws IOException {
        return new Catalogue(new ObjectMapper().readValue(json, new TypeReference<List<CatalogueModel>>() {}));
    }

    /** All of them, in the order in which people should look at them. */
    public List<CatalogueModel> models() {
        return models;
    }

    /** By name or by alias. */
    public Optional<CatalogueModel> find(String name) {
        return models.stream()
                .filter(model -> model.name().equals(name) || name.equals(model.alias()))
                .findFirst();
    }

    /** What suits a machine. */
    public CatalogueModel suitable(boolean gpu, long memoryBytes) {
        String name = gpu ? FOR_GPU : memoryBytes >= ROOMY_BYTES ? FOR_CPU : FOR_LITTLE_MEMORY;
        return find(name).orElseThrow();
    }
}
