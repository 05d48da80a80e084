package dev.earshot.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads matrices of float32 out of numpy's {@code .npz}: a zip of {@code .npy} files, each a short header of text and the values
 * row by row. Source: numpy, {@code numpy.lib.format}, version 1.0.
 */
final class NumpyArchive {

    private static final int HEADER_LENGTH_AT = 8;
    private static final int HEADER_AT = 10;

    private NumpyArchive() {}

    /** The values of a matrix, row after row; throws {@link IOException} when it is not there or of another type. */
    static float[] matrix(Path archive, String name, int rows, int columns) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(name + ".npy");
            if (entry == null) {
                throw new IOException(archive + " has no array " + name);
            }
            byte[] bytes = zip.getInputStream(entry).readAllBytes();
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = buffer.getShort(HEADER_LENGTH_AT) & 0xFFFF;
            String header = new String(bytes, HEADER_AT, headerLength, StandardCharsets.US_ASCII);
            String shape = "(" + rows + ", " + columns + ")";
            if (!header.contains("'<f4'") || !header.contains(shape) || header.contains("'fortran_order': True")) {
                throw new IOException(
                        archive + ": " + name + " is " + header.trim() + " (expected: '<f4', " + shape + ")");
            }
            var values = new float[rows * columns];
            buffer.position(HEADER_AT + headerLength)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        }
    }
}
