package dev.earshot.segment.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values of a state as bytes, as {@link StateInput} reads them. Not thread-safe. */
final class StateOutput {

    private static final int MOST_BYTES_OF_NUMBER = 10;

    /** A meeting with one pending utterance of ten words takes about 400. */
    private byte[] bytes = new byte[512];

    private int size;

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void flag(boolean value) {
        number(value ? 1 : 0);
    }

    /** Seven bits a byte, the lowest first: small numbers, which most are, take one byte. A negative one takes ten. */
    void number(long value) {
        reserve(MOST_BYTES_OF_NUMBER);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void text(@Nullable String value) {
        if (value == null) {
            number(0);
            return;
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(encoded.length + 1L);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    void time(@Nullable Instant value) {
        flag(value != null);
        if (value != null) {
            number(value.getEpochSecond());
            number(value.getNano());
        }
    }

    /** Takes only what is there. */
    <T> void optional(@Nullable T value, Consumer<T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(value);
        }
    }

    <T> void each(Collection<T> values, Consumer<T> write) {
        number(values.size());
        values.forEach(write);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
