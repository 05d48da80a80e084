package dev.earshot.standalone.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One turn of the demo's speech.
 *
 * @param text what is said
 * @param resource class path of its WAV, 16 kHz mono
 * @param durationMs how long it takes
 */
record Speech(String text, String resource, long durationMs) {

    private static final String FOLDER = "/dev/earshot/standalone/demo/speech/";

    /** The n-th turn, from 0. */
    static Speech turn(int number) {
        try (InputStream script = open(FOLDER + "script.json")) {
            JsonNode turn = new ObjectMapper().readTree(script).path("turns").path(number);
            return new Speech(
                    turn.path("text").asText(),
                    FOLDER + turn.path("file").asText(),
                    turn.path("durationMs").asLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream open() {
        return open(resource);
    }

    /** A copy of the WAV in a folder. */
    Path copyTo(Path folder) throws IOException {
        Path copy = folder.resolve(resource.substring(FOLDER.length()));
        try (InputStream in = open()) {
            Files.copy(in, copy);
        }
        return copy;
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(Speech.class.getResourceAsStream(resource), resource);
    }
}
