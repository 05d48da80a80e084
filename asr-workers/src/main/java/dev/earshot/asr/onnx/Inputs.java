package dev.earshot.asr.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The inputs of one run. Tensors that are made here are freed on close; borrowed ones are left to their owner. */
final class Inputs implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final Map<String, OnnxTensorLike> byName = new HashMap<>();
    private final List<OnnxTensor> made = new ArrayList<>();

    /** Values of a float input, of half precision where the graph wants that. */
    Inputs floats(String name, OnnxJavaType type, float[] values, long... shape) throws OrtException {
        return floats(name, type, FloatBuffer.wrap(values), shape);
    }

    /** The same from a buffer, which is read where it lies until the inputs are closed if it is a {@linkplain DirectFloats direct} one. */
    Inputs floats(String name, OnnxJavaType type, FloatBuffer buffer, long... shape) throws OrtException {
        if (type == OnnxJavaType.FLOAT16) {
            ShortBuffer halves = Fp16Conversions.convertFloatBufferToFp16Buffer(buffer);
            return put(name, OnnxTensor.createTensor(environment, halves, shape, OnnxJavaType.FLOAT16));
        }
        return put(name, OnnxTensor.createTensor(environment, buffer, shape));
    }

    Inputs floats(String name, float[] values, long... shape) throws OrtException {
        return floats(name, OnnxJavaType.FLOAT, values, shape);
    }

    Inputs ints(String name, int[] values, long... shape) throws OrtException {
        return put(name, OnnxTensor.createTensor(environment, IntBuffer.wrap(values), shape));
    }

    Inputs longs(String name, long[] values, long... shape) throws OrtException {
        return put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
    }

    Inputs flag(String name, boolean value) throws OrtException {
        ByteBuffer one = ByteBuffer.wrap(new byte[] {(byte) (value ? 1 : 0)});
        return put(name, OnnxTensor.createTensor(environment, one, new long[] {1}, OnnxJavaType.BOOL));
    }

    /** A tensor that came out of a run whose result is still open. */
    Inputs borrowed(String name, OnnxValue tensor) {
        byName.put(name, (OnnxTensor) tensor);
        return this;
    }

    private Inputs put(String name, OnnxTensor tensor) {
        made.add(tensor);
        byName.put(name, tensor);
        return this;
    }

    /** A tensor that was put here. */
    OnnxTensor tensor(String name) {
        return (OnnxTensor) Objects.requireNonNull(byName.get(name), name);
    }

    Map<String, OnnxTensorLike> byName() {
        return byName;
    }

    @Override
    public void close() {
        made.forEach(OnnxTensor::close);
        made.clear();
    }
}
