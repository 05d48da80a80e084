package dev.earshot.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a {@code transcript} event: what a speaker said for good, and all that is still pending of that speaker.
 *
 * @param speaker display name; null when unknown
 * @param confirmed text that will never change
 * @param pending text that may, replacing what was pending of this speaker
 */
public record TranscriptFrame(@Nullable String speaker, List<Text> confirmed, List<Text> pending) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One piece of text.
     *
     * @param segmentId the same from the first draft to the confirmed segment
     * @param completed whether the text is final
     * @param startMs milliseconds since the session's start
     * @param endMs milliseconds since the session's start
     * @param startCapturedAtMicros wall clock of the capture of its first sample, microseconds since the epoch; 0 unknown
     * @param endCapturedAtMicros wall clock of the capture of its last sample, microseconds since the epoch; 0 unknown
     * @param readyAtMicros wall clock of the capture of the last audio it needed, microseconds since the epoch; 0 unknown
     * @param decodeMicros time the decoder took, microseconds; 0 unknown
     */
    public record Text(
            String segmentId,
            @Nullable String speaker,
            String text,
            boolean completed,
            long startMs,
            long endMs,
            long startCapturedAtMicros,
            long endCapturedAtMicros,
            long readyAtMicros,
            long decodeMicros) {}

    /** Reads the data of an event. */
    public static TranscriptFrame parse(String data) {
        try {
            JsonNode frame = JSON.readTree(data);
            return new TranscriptFrame(
                    frame.path("speaker").textValue(), texts(frame.path("confirmed")), texts(frame.path("pending")));
        } catch (JsonProcessingException e) {
            throw new ApiException("an event's data is not JSON", e);
        }
    }

    private static List<Text> texts(JsonNode nodes) {
        var texts = new ArrayList<Text>();
        for (JsonNode node : nodes) {
            JsonNode timing = node.path("timing");
            texts.add(new Text(
                    node.path("segment_id").asText(),
                    node.path("speaker").textValue(),
                    node.path("text").asText(),
                    node.path("completed").asBoolean(),
                    Math.round(node.path("start").asDouble() * 1000),
                    Math.round(node.path("end").asDouble() * 1000),
                    timing.path("start_captured_at").asLong(),
                    timing.path("end_captured_at").asLong(),
                    timing.path("ready_at").asLong(),
                    timing.path("decode_micros").asLong()));
        }
        return texts;
    }
}
