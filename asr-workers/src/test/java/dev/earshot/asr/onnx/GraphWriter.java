package dev.earshot.asr.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes small ONNX graphs: what tests run in place of models that are too big to ship. A graph is its nodes, in order, between
 * named inputs and outputs; weights are constants.
 *
 * <p>Source: onnx 1.16, {@code onnx.proto3}, of which the few fields are written that are needed; opset 17.
 */
final class GraphWriter {

    /** Element types by their number in {@code TensorProto.DataType}. */
    enum Type {
        FLOAT(1),
        INT32(6),
        INT64(7),
        BOOL(9),
        FLOAT16(10);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    private final ByteArrayOutputStream nodes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream inputs = new ByteArrayOutputStream();
    private final ByteArrayOutputStream outputs = new ByteArrayOutputStream();
    private final ByteArrayOutputStream constants = new ByteArrayOutputStream();

    /** @param shape sizes; names for those that differ from run to run, several may share one */
    GraphWriter input(String name, Type type, Object... shape) {
        bytes(inputs, 11, valueInfo(name, type, shape));
        return this;
    }

    GraphWriter output(String name, Type type, Object... shape) {
        bytes(outputs, 12, valueInfo(name, type, shape));
        return this;
    }

    GraphWriter floats(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, Type.FLOAT, raw.array(), shape);
    }

    /** Whole numbers: a list of them, or one alone where there are no sizes. */
    GraphWriter longs(String name, long[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return constant(name, Type.INT64, raw.array(), shape);
    }

    private GraphWriter constant(String name, Type type, byte[] raw, long... shape) {
        var tensor = new ByteArrayOutputStream();
        for (long size : shape) {
            number(tensor, 1, size);
        }
        number(tensor, 2, type.number);
        text(tensor, 8, name);
        bytes(tensor, 9, raw);
        bytes(constants, 5, tensor.toByteArray());
        return this;
    }

    /** @param attributes made by {@link #number(String, long)} and its like */
    GraphWriter node(String operator, List<String> in, List<String> out, byte[]... attributes) {
        var node = new ByteArrayOutputStream();
        in.forEach(name -> text(node, 1, name));
        out.forEach(name -> text(node, 2, name));
        text(node, 4, operator);
        for (byte[] attribute : attributes) {
            bytes(node, 5, attribute);
        }
        bytes(nodes, 1, node.toByteArray());
        return this;
    }

    GraphWriter node(String operator, List<String> in, String out, byte[]... attributes) {
        return node(operator, in, List.of(out), attributes);
    }

    static byte[] number(String name, long value) {
        var attribute = attribute(name, 2);
        number(attribute, 3, value);
        return attribute.toByteArray();
    }

    /** Of a {@code Cast}: what it makes of its values. */
    static byte[] to(Type type) {
        return number("to", type.number);
    }

    static byte[] numbers(String name, long... values) {
        var attribute = attribute(name, 7);
        for (long value : values) {
            number(attribute, 8, value);
        }
        return attribute.toByteArray();
    }

    /** A branch of an {@code If}; it sees the names of the graph around it. */
    static byte[] branch(String name, GraphWriter branch) {
        var attribute = attribute(name, 5);
        bytes(attribute, 6, branch.graph(name));
        return attribute.toByteArray();
    }

    private static ByteArrayOutputStream attribute(String name, int type) {
        var attribute = new ByteArrayOutputStream();
        text(attribute, 1, name);
        number(attribute, 20, type);
        return attribute;
    }

    void write(Path file) throws IOException {
        var opset = new ByteArrayOutputStream();
        number(opset, 2, 17);
        var model = new ByteArrayOutputStream();
        number(model, 1, 8);
        bytes(model, 7, graph("test"));
        bytes(model, 8, opset.toByteArray());
        Files.write(file, model.toByteArray());
    }

    private byte[] graph(String name) {
        var graph = new ByteArrayOutputStream();
        graph.writeBytes(nodes.toByteArray());
        text(graph, 2, name);
        graph.writeBytes(constants.toByteArray());
        graph.writeBytes(inputs.toByteArray());
        graph.writeBytes(outputs.toByteArray());
        return graph.toByteArray();
    }

    private static byte[] valueInfo(String name, Type type, Object... shape) {
        var sizes = new ByteArrayOutputStream();
        for (Object size : shape) {
            var dimension = new ByteArrayOutputStream();
            if (size instanceof Number number) {
                number(dimension, 1, number.longValue());
            } else {
                text(dimension, 2, size.toString());
            }
            bytes(sizes, 1, dimension.toByteArray());
        }
        var tensor = new ByteArrayOutputStream();
        number(tensor, 1, type.number);
        bytes(tensor, 2, sizes.toByteArray());
        var typed = new ByteArrayOutputStream();
        bytes(typed, 1, tensor.toByteArray());
        var info = new ByteArrayOutputStream();
        text(info, 1, name);
        bytes(info, 2, typed.toByteArray());
        return info.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, int field, String value) {
        bytes(out, field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        varint(out, field << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
