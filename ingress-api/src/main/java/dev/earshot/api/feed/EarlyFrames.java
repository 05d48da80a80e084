package dev.earshot.api.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The frames of the WebSocket contract's generation E, made from those of generation T. Its clients know a segment by its
 * absolute start, take what has the newer {@code updated_at}, and do not look at {@code transcript.finalized}: so what is for
 * good is told as mutable too.
 */
final class EarlyFrames {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EarlyFrames() {}

    /** UTF-8; empty for what that generation does not know. */
    static List<byte[]> of(ByteBuffer json) {
        JsonNode frame = MAPPER.readTree(StandardCharsets.UTF_8.decode(json).toString());
        return switch (frame.path("type").asString("")) {
            case "transcript" -> transcript(frame);
            case "meeting.status" -> {
                ObjectNode payload = MAPPER.createObjectNode();
                payload.set("status", frame.path("payload").path("status"));
                yield List.of(envelope("meeting.status", frame, payload));
            }
            default -> List.of();
        };
    }

    private static List<byte[]> transcript(JsonNode frame) {
        JsonNode confirmed = frame.path("confirmed");
        ArrayNode all = MAPPER.createArrayNode();
        ArrayNode lasting = MAPPER.createArrayNode();
        confirmed.forEach(segment -> {
            all.add(mutable(segment, frame.path("ts")));
            lasting.add(lasting(segment));
        });
        frame.path("pending").forEach(segment -> all.add(mutable(segment, frame.path("ts"))));
        var frames = new ArrayList<byte[]>();
        // There is no way to take a draft back: a frame without segments would say nothing.
        if (!all.isEmpty()) {
            frames.add(envelope("transcript.mutable", frame, segments(all)));
        }
        if (!lasting.isEmpty()) {
            frames.add(envelope("transcript.finalized", frame, segments(lasting)));
        }
        return frames;
    }

    private static ObjectNode segments(ArrayNode segments) {
        ObjectNode payload = MAPPER.createObjectNode();
        payload.set("segments", segments);
        return payload;
    }

    private static ObjectNode mutable(JsonNode from, JsonNode updatedAt) {
        ObjectNode segment = common(from);
        segment.set("end_time", from.path("end"));
        segment.set("updated_at", updatedAt);
        segment.put("speaker_mapping_status", from.path("speaker").isNull() ? "UNKNOWN" : "MAPPED");
        segment.set("absolute_start_time", from.path("absolute_start_time"));
        segment.set("absolute_end_time", from.path("absolute_end_time"));
        return segment;
    }

    private static ObjectNode lasting(JsonNode from) {
        ObjectNode segment = common(from);
        segment.set("end", from.path("end"));
        return segment;
    }

    private static ObjectNode common(JsonNode from) {
        ObjectNode segment = MAPPER.createObjectNode();
        for (String name : List.of("start", "text", "language", "speaker")) {
            segment.set(name, from.path(name));
        }
        String id = from.path("segment_id").asString("");
        int uidEnd = id.indexOf(':');
        segment.put("session_uid", uidEnd < 0 ? null : id.substring(0, uidEnd));
        return segment;
    }

    private static byte[] envelope(String type, JsonNode from, ObjectNode payload) {
        ObjectNode meeting = MAPPER.createObjectNode();
        meeting.set("platform", from.path("meeting").path("platform"));
        meeting.set("native_id", from.path("meeting").path("native_id"));
        ObjectNode frame = MAPPER.createObjectNode();
        frame.put("type", type);
        frame.set("meeting", meeting);
        frame.set("payload", payload);
        frame.set("ts", from.path("ts"));
        return MAPPER.writeValueAsBytes(frame);
    }
}
