package dev.earshot.api.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Reads columns that are never null, and writes patterns. */
final class Rows {

    private Rows() {}

    static long longs(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column);
    }

    static int integer(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Integer.class), column);
    }

    static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    static String[] texts(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String[].class), column);
    }

    static Instant instant(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Instant.class), column);
    }

    static Map<String, Object> json(Readable row, String column) {
        return JsonColumn.read(Objects.requireNonNull(row.get(column, Json.class), column));
    }

    /** A pattern for {@code ilike} that matches what contains the text, whatever is in it. */
    static String containing(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
