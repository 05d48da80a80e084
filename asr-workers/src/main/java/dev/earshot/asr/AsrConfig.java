package dev.earshot.asr;

import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.onnx.Computing;
import dev.earshot.asr.onnx.Provider;
import java.time.Duration;

/**
 * How a worker works.
 *
 * @param model {@code builtin}, or the path of a folder with a {@code model.json}
 * @param computing where the model computes, and with how much
 * @param batchMax windows decoded at a time: 1..256
 * @param batchWindow how long the first partial of a batch waits for company when the decoder is idle: 0..100 ms
 * @param rules when utterances end and partials are due
 * @param backlogMax seconds of audio whose finals may wait for the decoder before the worker stops reading: 1 or more
 * @param language what is spoken and in what language the text shall be, for models that speak many
 */
public record AsrConfig(
        String model,
        Computing computing,
        int batchMax,
        Duration batchWindow,
        TrackRules rules,
        int backlogMax,
        LanguageRules language) {

    public AsrConfig {
        check(!model.isBlank(), "model", "blank", "builtin, or the path of a folder");
        check(batchMax >= 1 && batchMax <= 256, "batch max", batchMax, "1..256");
        check(
                !batchWindow.isNegative() && batchWindow.toMillis() <= 100,
                "batch window",
                batchWindow.toMillis() + " ms",
                "0..100 ms");
        check(backlogMax >= 1, "backlog max", backlogMax, "at least 1");
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** The built-in model on one thread. */
    public static AsrConfig defaults() {
        return new AsrConfig(
                "builtin",
                new Computing(Provider.AUTO, 1, Computing.ANY_GPU, 0, Computing.DEFAULT_GPU_LOCKS),
                32,
                Duration.ofMillis(20),
                TrackRules.DEFAULTS,
                60,
                LanguageRules.ANY);
    }
}
