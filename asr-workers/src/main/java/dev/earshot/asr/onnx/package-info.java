/** Models that run on ONNX Runtime, and the folders they come in. The only code that knows {@code ai.onnxruntime}. */
@NullMarked
package dev.earshot.asr.onnx;

import org.jspecify.annotations.NullMarked;
