package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.port.Recognizer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what kind of model a folder holds, and loads it. */
public final class Recognizers {

    private Recognizers() {}

    /**
     * Loads a model. Reads files; allocates native memory.
     *
     * @param model {@code builtin}, or the path of a folder
     * @param provider where to compute
     * @param threads threads of one run, at least 1
     * @param language for models that speak many
     * @throws dev.earshot.asr.port.ModelException with one sentence when a file is missing, damaged or not what it should be
     */
    public static Recognizer load(String model, Provider provider, int threads, LanguageRules language) {
        ModelFolder folder = ModelFolder.of(model);
        return switch (ModelFamily.of(folder)) {
            case CTC -> CtcRecognizer.load(model, provider, threads);
            case TRANSDUCER -> TransducerRecognizer.load(folder, provider, threads);
            case WHISPER -> WhisperRecognizer.load(folder, provider, threads, language);
        };
    }

    /**
     * Looks whether a model could be loaded, without loading it: whether its files are there and of which kind they are. Cheap;
     * meant for a program's start, before anything else is started.
     *
     * @throws dev.earshot.asr.port.ModelException with one sentence when it could not
     */
    public static void check(String model) {
        ModelFolder folder = ModelFolder.of(model);
        if (ModelFamily.of(folder) == ModelFamily.CTC) {
            String graph = ModelMetadata.read(folder).model();
            if (!folder.has(graph)) {
                throw folder.broken(graph, "is missing; fetch the model again");
            }
        }
    }

    /** Whether this build knows CUDA and this machine has an NVIDIA GPU: no promise that it works. */
    public static boolean seesGpu() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)
                && Files.exists(Path.of("/dev/nvidia0"));
    }
}
