package dev.earshot.api.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the members of a JSON object one by one and keeps what is wrong with them. Not thread-safe. */
public final class Fields {

    private final Map<String, ?> body;
    private final List<Object> place;
    private final List<Violation> violations = new ArrayList<>();

    /** Reads a request's body. */
    public Fields(Map<String, ?> body) {
        this(body, "body");
    }

    /** Reads an object inside a body, which stands at the given place. */
    Fields(Map<String, ?> body, Object... place) {
        this.body = body;
        this.place = List.of(place);
    }

    public boolean has(String name) {
        return body.get(name) != null;
    }

    /** A string without surrounding spaces; null when absent, empty or no string, the last being a violation. */
    public @Nullable String string(String name) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text.isBlank() ? null : text.strip();
        }
        violations.add(Violation.type("string_type", "string", value, at(name)));
        return null;
    }

    /** A string of at most so many characters. */
    public @Nullable String text(String name, int maxLength) {
        String text = string(name);
        if (text != null && text.length() > maxLength) {
            violations.add(Violation.value("must have at most " + maxLength + " characters", text, at(name)));
            return null;
        }
        return text;
    }

    /** A list of at most so many strings; null when absent or anything else, the latter being a violation. */
    public @Nullable List<String> strings(String name, int maxItems) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> items) || !items.stream().allMatch(String.class::isInstance)) {
            violations.add(Violation.type("list_type", "list of strings", value, at(name)));
            return null;
        }
        if (items.size() > maxItems) {
            violations.add(Violation.value("must have at most " + maxItems + " items", null, at(name)));
            return null;
        }
        return items.stream().map(String.class::cast).toList();
    }

    /** A boolean, or a word that says yes or no. */
    public @Nullable Boolean bool(String name) {
        Object value = body.get(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        if ("true".equals(value) || "false".equals(value)) {
            return "true".equals(value);
        }
        violations.add(Violation.type("bool_parsing", "boolean", value, at(name)));
        return null;
    }

    /** A whole number in a range. */
    public @Nullable Integer integer(String name, int min, int max) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Integer number)) {
            violations.add(Violation.type("int_type", "integer", value, at(name)));
            return null;
        }
        if (number < min || number > max) {
            violations.add(Violation.value("must be from " + min + " to " + max, value, at(name)));
            return null;
        }
        return number;
    }

    /** An object; null when absent. */
    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    public @Nullable Map<String, Object> object(String name) {
        Object value = body.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map) {
            return (Map<String, Object>) value;
        }
        violations.add(Violation.type("dict_type", "dictionary", value, at(name)));
        return null;
    }

    public void reject(Violation violation) {
        violations.add(violation);
    }

    public boolean isClean() {
        return violations.isEmpty();
    }

    /** Throws {@link InvalidRequestException} when anything was wrong. */
    public void check() {
        if (!violations.isEmpty()) {
            throw new InvalidRequestException(violations);
        }
    }

    private Object[] at(String name) {
        Object[] path = Arrays.copyOf(place.toArray(), place.size() + 1);
        path[place.size()] = name;
        return path;
    }
}
