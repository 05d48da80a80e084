package dev.earshot.samples.console;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns what Kafka's console consumer prints into JSON, one record a line, with the registry's REST API and a JDK alone:
 *
 * <pre>{@code
 * kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic transcript.segment.v1 --from-beginning \
 *     --isolation-level read_committed \
 *     --value-deserializer org.apache.kafka.common.serialization.BytesDeserializer \
 *   | java AvroLines.java http://localhost:8081
 * }</pre>
 *
 * <p>It shows all there is to the wire format: a zero byte, the schema's id as a 32-bit big-endian number, Avro binary.
 * Sources: Confluent's wire format; Avro 1.12 specification, "Binary encoding".
 */
public final class AvroLines {

    private final String registry;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Object> schemas = new HashMap<>();

    /** Records and enums by name: a schema spells each out once and names it after that. */
    private final Map<String, Object> named = new HashMap<>();

    AvroLines(String registry) {
        this.registry = registry;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var lines = new AvroLines(arguments.length == 0 ? "http://localhost:8081" : arguments[0]);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(line.equals("null") ? line : lines.json(bytes(line)));
        }
    }

    /** Undoes the deserializer's spelling: bytes that are no plain character stand there as \xNN. */
    static byte[] bytes(String line) {
        var bytes = new ByteArrayOutputStream(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                bytes.write(HexFormat.fromHexDigits(line, i + 2, i + 4));
                i += 3;
            } else {
                bytes.write(line.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** One record as JSON. */
    String json(byte[] value) throws IOException, InterruptedException {
        var in = ByteBuffer.wrap(value);
        if (value.length < 5 || in.get() != 0) {
            return Json.quoted("not in the registry's wire format: " + value.length + " bytes");
        }
        var out = new StringBuilder();
        decode(schema(in.getInt()), in, out);
        return out.toString();
    }

    private Object schema(int id) throws IOException, InterruptedException {
        Object known = schemas.get(id);
        if (known == null) {
            var request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("registry: schema " + id + ": " + answer.body());
            }
            known = Json.parse(Json.text(Json.parse(answer.body()), "schema"));
            schemas.put(id, known);
        }
        return known;
    }

    private void decode(Object schema, ByteBuffer in, StringBuilder out) {
        if (schema instanceof List<?> union) {
            decode(union.get((int) number(in)), in, out);
        } else if (schema instanceof Map<?, ?> complex) {
            decodeComplex(complex, in, out);
        } else {
            Object known = named.get(simple(schema));
            if (known == null) {
                out.append(primitive(String.valueOf(schema), in));
            } else {
                decode(known, in, out);
            }
        }
    }

    private void decodeComplex(Map<?, ?> schema, ByteBuffer in, StringBuilder out) {
        String type = Json.text(schema, "type");
        switch (type) {
            case "record" -> {
                named.put(simple(Json.get(schema, "name")), schema);
                decodeRecord(schema, in, out);
            }
            case "enum" -> {
                named.put(simple(Json.get(schema, "name")), schema);
                out.append(
                        Json.quoted(String.valueOf(Json.list(schema, "symbols").get((int) number(in)))));
            }
            case "array" -> decodeArray(Json.get(schema, "items"), in, out);
            case "long" -> {
                long value = number(in);
                boolean isTime = "timestamp-micros".equals(schema.get("logicalType"));
                out.append(
                        isTime
                                ? Json.quoted(Instant.EPOCH
                                        .plus(value, ChronoUnit.MICROS)
                                        .toString())
                                : value);
            }
            default -> decode(type, in, out);
        }
    }

    private void decodeRecord(Map<?, ?> schema, ByteBuffer in, StringBuilder out) {
        String separator = "{";
        for (Object field : Json.list(schema, "fields")) {
            out.append(separator).append(Json.quoted(Json.text(field, "name"))).append(':');
            decode(Json.get(field, "type"), in, out);
            separator = ",";
        }
        out.append('}');
    }

    /** Blocks of items, each with its count before it; a negative count is followed by the block's size in bytes. */
    private void decodeArray(Object items, ByteBuffer in, StringBuilder out) {
        String separator = "";
        out.append('[');
        for (long count = number(in); count != 0; count = number(in)) {
            if (count < 0) {
                number(in);
            }
            for (long i = 0; i < Math.abs(count); i++) {
                out.append(separator);
                decode(items, in, out);
                separator = ",";
            }
        }
        out.append(']');
    }

    private static String primitive(String type, ByteBuffer in) {
        return switch (type) {
            case "null" -> "null";
            case "boolean" -> String.valueOf(in.get() != 0);
            case "int", "long" -> String.valueOf(number(in));
            case "float" -> String.valueOf(Float.intBitsToFloat(Integer.reverseBytes(in.getInt())));
            case "double" -> String.valueOf(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case "string" -> Json.quoted(new String(block(in), StandardCharsets.UTF_8));
            case "bytes" -> Json.quoted(block(in).length + " bytes");
            default -> throw new IllegalArgumentException("a schema of type " + type);
        };
    }

    private static byte[] block(ByteBuffer in) {
        var bytes = new byte[(int) number(in)];
        in.get(bytes);
        return bytes;
    }

    /** Seven bits a byte, the lowest first; then zigzag: 0, -1, 1, -2, ... */
    private static long number(ByteBuffer in) {
        long bits = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            bits |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
    }

    /** A name without its namespace, which is the same for all of ours. */
    private static String simple(Object name) {
        return String.valueOf(name).replaceAll(".*\\.", "");
    }

    /** As much JSON as a schema needs: maps, lists, texts; everything else as it is spelled. */
    private static final class Json {

        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object parse(String text) {
            return new Json(text).value();
        }

        static Object get(Object map, String name) {
            return Objects.requireNonNull(((Map<?, ?>) map).get(name), name);
        }

        static String text(Object map, String name) {
            return String.valueOf(get(map, name));
        }

        static List<?> list(Object map, String name) {
            return (List<?>) get(map, name);
        }

        static String quoted(String text) {
            var quoted = new StringBuilder("\"");
            text.chars().forEach(c -> {
                if (c == '"' || c == '\\') {
                    quoted.append('\\').append((char) c);
                } else if (c < ' ') {
                    quoted.append(String.format("\\u%04x", c));
                } else {
                    quoted.append((char) c);
                }
            });
            return quoted.append('"').toString();
        }

        private Object value() {
            return switch (peek()) {
                case '{' -> map();
                case '[' -> list();
                case '"' -> string();
                default -> word();
            };
        }

        private char peek() {
            while (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ',' || text.charAt(at) == ':') {
                at++;
            }
            return text.charAt(at);
        }

        private Map<String, Object> map() {
            var map = new LinkedHashMap<String, Object>();
            at++;
            while (peek() != '}') {
                map.put(string(), value());
            }
            at++;
            return map;
        }

        private List<Object> list() {
            var list = new ArrayList<Object>();
            at++;
            while (peek() != ']') {
                list.add(value());
            }
            at++;
            return list;
        }

        private String string() {
            var string = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c != '\\') {
                    string.append(c);
                } else if (text.charAt(++at) == 'u') {
                    string.append((char) HexFormat.fromHexDigits(text, at + 1, at + 5));
                    at += 4;
                } else {
                    int control = "bfnrt".indexOf(text.charAt(at));
                    string.append(control < 0 ? text.charAt(at) : "\b\f\n\r\t".charAt(control));
                }
            }
            at++;
            return string.toString();
        }

        private String word() {
            int from = at;
            while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at).strip();
        }
    }
}
