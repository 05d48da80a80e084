package dev.earshot.api.web;

import dev.earshot.api.domain.InvalidRequestException;
import dev.earshot.api.domain.Platform;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what comes with a request; whatever is wrong becomes an {@link InvalidRequestException}. */
final class Inputs {

    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Inputs() {}

    /** The body as a JSON object. */
    static Mono<Map<String, Object>> body(ServerWebExchange exchange) {
        return bytes(exchange)
                .switchIfEmpty(Mono.error(() -> new InvalidRequestException(Violation.missing("body"))))
                .map(Inputs::object);
    }

    /** The body as it came; empty when there is none. */
    static Mono<byte[]> bytes(ServerWebExchange exchange) {
        // One byte more than is allowed is read: enough to know that it is too much.
        return DataBufferUtils.join(
                        DataBufferUtils.takeUntilByteCount(exchange.getRequest().getBody(), MAX_BODY_BYTES + 1))
                .map(Inputs::drained)
                .doOnNext(bytes -> {
                    if (bytes.length > MAX_BODY_BYTES) {
                        throw new RefusedException(413, "Request body is too large");
                    }
                });
    }

    /** All that a buffer holds; the buffer is released. */
    static byte[] drained(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Map<String, Object> object(byte[] bytes) {
        Object value;
        try {
            value = MAPPER.readValue(bytes, Object.class);
        } catch (JacksonException e) {
            throw new InvalidRequestException(new Violation(
                    List.of("body", Math.max(0, e.getLocation().getByteOffset())),
                    "JSON decode error",
                    "json_invalid",
                    Map.of(),
                    Map.of("error", "Expecting JSON")));
        }
        if (holdsNul(value)) {
            throw new InvalidRequestException(Violation.value("the character NUL is allowed nowhere", null, "body"));
        }
        if (!(value instanceof Map)) {
            throw new InvalidRequestException(Violation.type(
                    "model_attributes_type", "dictionary or object to extract fields from", value, "body"));
        }
        return MAPPER.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** Postgres keeps JSON and text, but not with that character in it. */
    private static boolean holdsNul(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream().anyMatch(each -> holdsNul(each.getKey()) || holdsNul(each.getValue()));
        }
        if (value instanceof List<?> items) {
            return items.stream().anyMatch(Inputs::holdsNul);
        }
        return value instanceof String text && text.indexOf(0) >= 0;
    }

    static long id(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(notAnInteger("path", name, value));
        }
    }

    static @Nullable Long cursor(String name, @Nullable String value) {
        return value == null ? null : number("query", name, value, 0, Long.MAX_VALUE);
    }

    static int integer(String name, @Nullable String value, int otherwise, int min, int max) {
        return value == null ? otherwise : Math.toIntExact(number("query", name, value, min, max));
    }

    private static long number(String place, String name, String value, long min, long max) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(notAnInteger(place, name, value));
        }
        if (number < min) {
            throw new InvalidRequestException(new Violation(
                    List.of(place, name),
                    "Input should be greater than or equal to " + min,
                    "greater_than_equal",
                    value,
                    Map.of("ge", min)));
        }
        if (number > max) {
            throw new InvalidRequestException(new Violation(
                    List.of(place, name),
                    "Input should be less than or equal to " + max,
                    "less_than_equal",
                    value,
                    Map.of("le", max)));
        }
        return number;
    }

    private static Violation notAnInteger(String place, String name, String value) {
        return new Violation(
                List.of(place, name),
                "Input should be a valid integer, unable to parse string as an integer",
                "int_parsing",
                value,
                Map.of());
    }

    /** A platform that meetings can have been on, whether or not bots are sent there now. */
    static String platform(String value) {
        List<String> known = Platform.offered(true).stream().map(Platform::wire).toList();
        if (!known.contains(value)) {
            throw new InvalidRequestException(Violation.oneOf(known, value, "path", "platform"));
        }
        return value;
    }
}
