package dev.earshot.asr.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory outside the heap for the input of one run after the other: ONNX Runtime reads it where it lies, and would copy anything
 * else into memory of its own first. Grows to the largest input. Not thread-safe.
 */
final class DirectFloats {

    private FloatBuffer buffer = FloatBuffer.allocate(0);

    /** Room for so many values, from the first on, not cleared. What was here before is gone. */
    FloatBuffer of(int values) {
        if (buffer.capacity() < values) {
            buffer = ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return buffer.clear().limit(values);
    }
}
