package dev.earshot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** One row of a result, key by key in the order in which they were put. Not thread-safe. */
public final class JsonRow {

    private final ObjectNode row = new ObjectMapper().createObjectNode();

    /** Puts a word. */
    public JsonRow put(String key, String value) {
        row.put(key, value);
        return this;
    }

    /** Puts yes or no. */
    public JsonRow put(String key, boolean value) {
        row.put(key, value);
        return this;
    }

    /** Puts a whole number. */
    public JsonRow put(String key, long value) {
        row.put(key, value);
        return this;
    }

    /** Puts a number with so many digits after the point; null where nothing was measured. */
    public JsonRow put(String key, double value, int digits) {
        if (Double.isFinite(value)) {
            row.put(key, BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP));
        } else {
            row.putNull(key);
        }
        return this;
    }

    @Override
    public String toString() {
        return row.toString();
    }
}
