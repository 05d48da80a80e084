package dev.earshot.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The demo's script as {@code scripts/make-demo-speech} spoke it. */
final class DemoScript {

    static final String FOLDER = "/dev/earshot/standalone/demo/";

    private DemoScript() {}

    /** The turns of the first {@code speakers} speakers, in order of their beginning. */
    static List<SpokenTurn> turns(int speakers) {
        JsonNode script = read();
        List<String> names = new ArrayList<>();
        script.get("speakers").forEach(speaker -> names.add(speaker.get("name").asText()));
        List<SpokenTurn> turns = new ArrayList<>();
        for (JsonNode turn : script.get("turns")) {
            if (names.indexOf(turn.get("speaker").asText()) < speakers) {
                turns.add(new SpokenTurn(
                        turn.get("speaker").asText(),
                        turn.get("text").asText(),
                        turn.get("startMs").asLong(),
                        turn.get("durationMs").asLong(),
                        FOLDER + "speech/" + turn.get("file").asText()));
            }
        }
        return List.copyOf(turns);
    }

    private static JsonNode read() {
        try (InputStream in = DemoScript.class.getResourceAsStream(FOLDER + "speech/script.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo's script", e);
        }
    }
}
