package dev.earshot.standalone.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lines of an event stream into events. One per stream, not thread-safe.
 *
 * <p>Source: WHATWG HTML, section 9.2.6, "Interpreting an event stream". Unlike a browser's, an event here has an id only if
 * it was sent with it.
 */
final class SseParser {

    private @Nullable String id;
    private String name = "message";
    private final StringBuilder data = new StringBuilder();

    /** Takes the next line, without its end. Returns the event that an empty line completes. */
    Optional<SseEvent> line(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (field) {
            case "id" -> id = value;
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            default -> {
                // A comment (empty field), retry, or a field of the future: not for us.
            }
        }
        return Optional.empty();
    }

    private Optional<SseEvent> complete() {
        Optional<SseEvent> event = data.isEmpty()
                ? Optional.empty()
                : Optional.of(new SseEvent(id, name, data.substring(0, data.length() - 1)));
        id = null;
        name = "message";
        data.setLength(0);
        return event;
    }
}
