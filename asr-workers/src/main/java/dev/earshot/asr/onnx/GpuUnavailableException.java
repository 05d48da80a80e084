package dev.earshot.asr.onnx;

import dev.earshot.asr.port.ModelException;

/** Why no GPU computes, in a few words: whoever can do without goes on on the CPU. */
final class GpuUnavailableException extends ModelException {

    private static final long serialVersionUID = 1;

    GpuUnavailableException(String reason) {
        super(reason);
    }

    GpuUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
