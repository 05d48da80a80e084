package dev.earshot.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps, lists and scalars as YAML 1.2 block text, in the order given; lists of scalars stay on one line. */
final class YamlText {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What YAML reads as text without quotes. */
    private static final String PLAIN = "[A-Za-z#/][A-Za-z0-9_./+;=-]*( [A-Za-z0-9_./+;=-]+)*";

    private static final String NOT_TEXT = "true|false|null|yes|no|on|off|y|n";

    private YamlText() {}

    static String of(Map<String, ?> document) {
        var text = new StringBuilder();
        fields(document, "", text);
        return text.toString();
    }

    private static void fields(Map<?, ?> map, String indent, StringBuilder text) {
        map.forEach((name, value) -> {
            text.append(indent).append(scalar(name)).append(':');
            value(value, indent + "  ", text);
        });
    }

    private static void value(@Nullable Object value, String indent, StringBuilder text) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            fields(map, indent, text);
        } else if (value instanceof List<?> list && !isFlat(list)) {
            text.append('\n');
            for (Object item : list) {
                item(item, indent, text);
            }
        } else {
            text.append(' ').append(inline(value)).append('\n');
        }
    }

    private static void item(@Nullable Object item, String indent, StringBuilder text) {
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            var fields = new StringBuilder();
            fields(map, indent + "  ", fields);
            text.append(indent).append("- ").append(fields.substring(indent.length() + 2));
        } else {
            text.append(indent).append("- ").append(inline(item)).append('\n');
        }
    }

    private static boolean isFlat(List<?> list) {
        return list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
    }

    private static String inline(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(YamlText::inline).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Map ? "{}" : scalar(value);
    }

    private static String scalar(@Nullable Object value) {
        if (value instanceof String string && string.matches(PLAIN) && !string.matches("(?i)" + NOT_TEXT)) {
            return string.startsWith("#") || string.endsWith(":") ? quoted(string) : string;
        }
        return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    /** A JSON string is a double-quoted YAML scalar. */
    private static String quoted(String string) {
        try {
            return JSON.writeValueAsString(string);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
