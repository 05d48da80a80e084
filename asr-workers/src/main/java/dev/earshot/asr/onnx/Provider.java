package dev.earshot.asr.onnx;

import java.util.Locale;

/** Where a model computes. */
public enum Provider {
    /** CUDA when it is there, else the CPU. */
    AUTO,
    CPU,
    /** CUDA or nothing. */
    CUDA;

    /** Reads {@code auto}, {@code cpu} or {@code cuda}; throws IllegalArgumentException with a sentence for anything else. */
    public static Provider parse(String name) {
        for (Provider provider : values()) {
            if (provider.name().toLowerCase(Locale.ROOT).equals(name)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("PROVIDER: " + name + " (expected: auto, cpu or cuda)");
    }
}
