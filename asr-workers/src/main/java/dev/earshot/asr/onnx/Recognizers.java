package dev.earshot.asr.onnx;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.port.Recognizer;

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
        return CtcRecognizer.load(model, provider, threads);
    }
}
