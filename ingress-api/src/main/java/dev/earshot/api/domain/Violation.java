package dev.earshot.api.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param loc where: {@code body}, {@code query} or {@code path}, then names and indexes
 * @param msg one sentence for people
 * @param type a word for programs
 * @param input what was sent
 * @param ctx further facts; empty when there are none
 */
public record Violation(List<Object> loc, String msg, String type, @Nullable Object input, Map<String, Object> ctx) {

    public static Violation missing(Object... loc) {
        return new Violation(List.of(loc), "Field required", "missing", null, Map.of());
    }

    /** A value of the right type that means nothing here. */
    public static Violation value(String msg, @Nullable Object input, Object... loc) {
        return new Violation(List.of(loc), "Value error, " + msg, "value_error", input, Map.of("error", Map.of()));
    }

    /** A value of the wrong type. */
    public static Violation type(String type, String expected, @Nullable Object input, Object... loc) {
        return new Violation(List.of(loc), "Input should be a valid " + expected, type, input, Map.of());
    }

    /** A word that is none of those that are known. */
    public static Violation oneOf(List<String> known, @Nullable Object input, Object... loc) {
        String quoted = known.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        int last = quoted.lastIndexOf(", ");
        String expected = last < 0 ? quoted : quoted.substring(0, last) + " or" + quoted.substring(last + 1);
        return new Violation(
                List.of(loc),
                String.format(Locale.ROOT, "Input should be %s", expected),
                "enum",
                input,
                Map.of("expected", expected));
    }
}
