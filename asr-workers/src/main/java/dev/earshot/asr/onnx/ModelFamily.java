package dev.earshot.asr.onnx;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of model that can be run, and how a folder shows which one it holds. */
enum ModelFamily {
    /** Described wholly by its {@code model.json}. */
    CTC(ModelMetadata.FILE),
    /** RNN-T and TDT, in the layouts of onnx-asr and of sherpa-onnx. */
    TRANSDUCER(TransducerFiles.EXPECTED),
    /** Encoder and merged decoder as optimum exports them, or one graph with the search inside. */
    WHISPER(WhisperFiles.EXPECTED);

    private final String files;

    ModelFamily(String files) {
        this.files = files;
    }

    /** Throws {@link dev.earshot.asr.port.ModelException} with a sentence when the folder holds nothing known. */
    static ModelFamily of(ModelFolder folder) {
        String named = ModelCard.read(folder).family();
        if (named != null) {
            return parse(folder, named);
        }
        if (TransducerFiles.find(folder) != null) {
            return TRANSDUCER;
        }
        if (WhisperFiles.find(folder) != null) {
            return WHISPER;
        }
        if (folder.has(ModelMetadata.FILE)) {
            return parse(folder, null);
        }
        throw folder.empty(Arrays.stream(values()).map(family -> family.files).collect(Collectors.joining("; or ")));
    }

    private static ModelFamily parse(ModelFolder folder, @Nullable String name) {
        for (ModelFamily family : values()) {
            if (family.name().toLowerCase(Locale.ROOT).equals(name)) {
                return family;
            }
        }
        throw folder.broken(ModelMetadata.FILE, "family: " + name + " (expected: ctc, transducer or whisper)");
    }
}
