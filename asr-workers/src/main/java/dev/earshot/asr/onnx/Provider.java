package dev.earshot.asr.onnx;

/** Where a model computes. */
public enum Provider {
    /** CUDA when it is there, else the CPU. */
    AUTO,
    CPU,
    /** CUDA or nothing. */
    CUDA
}
