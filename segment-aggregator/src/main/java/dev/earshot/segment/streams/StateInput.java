package dev.earshot.segment.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateOutput} wrote, in the same order. Throws IllegalStateException where bytes lack. Not thread-safe. */
final class StateInput {

    private final byte[] bytes;
    private int position;

    StateInput(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isEnd() {
        return position == bytes.length;
    }

    boolean flag() {
        return number() != 0;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(1);
            byte next = bytes[position++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("state of a meeting: a number without an end at byte " + position);
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    @Nullable
    String text() {
        int length = smallNumber() - 1;
        if (length < 0) {
            return null;
        }
        require(length);
        var value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    String requiredText() {
        String value = text();
        if (value == null) {
            throw new IllegalStateException("state of a meeting: nothing at byte " + position + " (expected: text)");
        }
        return value;
    }

    @Nullable
    Instant time() {
        return flag() ? Instant.ofEpochSecond(number(), number()) : null;
    }

    Instant requiredTime() {
        Instant value = time();
        if (value == null) {
            throw new IllegalStateException("state of a meeting: nothing at byte " + position + " (expected: a time)");
        }
        return value;
    }

    <T> @Nullable T optional(Supplier<T> read) {
        return flag() ? read.get() : null;
    }

    <T> List<T> each(Supplier<T> read) {
        int count = smallNumber();
        // Each takes a byte at least.
        require(count);
        var values = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            values.add(read.get());
        }
        return values;
    }

    private void require(int more) {
        if (more < 0 || more > bytes.length - position) {
            throw new IllegalStateException("state of a meeting: " + bytes.length + " bytes (expected: " + more
                    + " more behind byte " + position + ")");
        }
    }
}
