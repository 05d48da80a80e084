package dev.earshot.asr.app;

import dev.earshot.asr.catalogue.ModelStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where fetched models lie, and where they are fetched from. */
public final class StoreOptions {

    @Option(
            names = "--models",
            paramLabel = "DIR",
            defaultValue = "${env:EARSHOT_MODELS:-.earshot/models}",
            description = "folder in which fetched models are kept (EARSHOT_MODELS)")
    private Path models = Path.of("");

    @Option(
            names = "--model-hub",
            paramLabel = "URL",
            defaultValue = "${env:HF_ENDPOINT:-https://huggingface.co}",
            description = "where models are fetched from: Hugging Face or a mirror of it (HF_ENDPOINT)")
    private String hub = "";

    public ModelStore toStore() {
        return new ModelStore(models, hub);
    }
}
