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
     * @param speechStartMs start of its first word, milliseconds since the session's start
     * @param speechEndMs end of its last word, milliseconds since the session's start
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
            long speechStartMs,
            long speechEndMs,
            long startCapturedAtMicros,
            long endCapturedAtMicros,
            long readyAtMicros,
            long decodeMicros) {

        private static final long MICROS_PER_MS = 1000;

        /** Wall clock of its first word's beginning, microseconds since the epoch; the segment begins a little before. */
        public long speechStartedAtMicros() {
            return startCapturedAtMicros + (speechStartMs - startMs) * MICROS_PER_MS;
        }

        /** Wall clock of its last word's end, microseconds since the epoch; the segment ends a little after. */
        public long speechEndedAtMicros() {
            return endCapturedAtMicros - (endMs - speechEndMs) * MICROS_PER_MS;
        }
    }

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
            JsonNode words = node.path("words");
            texts.add(new Text(
                    node.path("segment_id").asText(),
                    node.path("speaker").textValue(),
                    node.path("text").asText(),
                    node.path("completed").asBoolean(),
                    ms(node.path("start")),
                    ms(node.path("end")),
                    ms(words.isEmpty() ? node.path("start") : words.path(0).path("start")),
                    ms(
                            words.isEmpty()
                                    ? node.path("end")
                                    : words.path(words.size() - 1).path("end")),
                    timing.path("start_captured_at").asLong(),
                    timing.path("end_captured_at").asLong(),
                    timing.path("ready_at").asLong(),
                    timing.path("decode_micros").asLong()));
        }
        return texts;
    }

    private static long ms(JsonNode seconds) {
        return Math.round(seconds.asDouble() * 1000);
    }
}
