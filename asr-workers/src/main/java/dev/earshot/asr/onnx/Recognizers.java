package dev.earshot.asr.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.ModelException;
import dev.earshot.asr.port.Recognizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Finds out what kind of model a folder holds, and loads it. */
public final class Recognizers {

    private Recognizers() {}

    /**
     * Loads a model. Reads files; allocates native memory.
     *
     * @param model {@code builtin}, or the path of a folder
     * @param computing where and with how much; a GPU is this recogniser's alone until it is closed
     * @param language for models that speak many
     * @throws dev.earshot.asr.port.ModelException with one sentence when a file is missing, damaged or not what it should be
     * @throws IllegalArgumentException with one sentence when there is a GPU but no folder to claim it in
     */
    public static Recognizer load(String model, Computing computing, LanguageRules language) {
        ModelFolder folder = ModelFolder.of(model);
        ModelFamily family = ModelFamily.of(folder);
        return Placement.ofThisMachine().place(computing, compute -> switch (family) {
            case CTC -> CtcRecognizer.load(folder, compute);
            case TRANSDUCER -> TransducerRecognizer.load(folder, compute);
            case WHISPER -> WhisperRecognizer.load(folder, compute, language);
        });
    }

    /**
     * A model's bare runs: the same tensors through the same session as when it decodes, without the search for the text. What
     * decoding costs at the least, for benchmarks; not beside a decode, and not after the recogniser is closed.
     *
     * @throws dev.earshot.asr.port.ModelException when the model is of a family whose search and graph take turns
     */
    public static Consumer<List<Window>> bareRuns(Recognizer recognizer) {
        if (recognizer instanceof CtcRecognizer ctc) {
            return ctc::run;
        }
        throw new ModelException(
                "MODEL: " + recognizer.model().name() + " has no bare runs to compare with (expected: a CTC model)");
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
