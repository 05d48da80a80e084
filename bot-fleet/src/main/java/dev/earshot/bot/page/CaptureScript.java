package dev.earshot.bot.page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The script that every page of a bot runs before its own: {@code capture.js}, the platform's script and {@code roster.js}
 * in one function, in the top frame only.
 */
public final class CaptureScript {

    private CaptureScript() {}

    /**
     * The script's text.
     *
     * @param binding name of the DevTools binding that takes what it has to say
     * @param platformScript resource of the platform's script, beside {@code capture.js}
     */
    public static String text(String binding, String platformScript) {
        var config = new JsonObject();
        config.addProperty("binding", binding);
        return "(() => {\n'use strict';\nif (window !== window.top) return;\nconst config = " + config + ";\n"
                + resource("capture.js") + resource(platformScript) + resource("roster.js") + "})();\n";
    }

    private static String resource(String name) {
        try (InputStream in = CaptureScript.class.getResourceAsStream("/dev/earshot/bot/" + name)) {
            if (in == null) {
                throw new IllegalStateException("script " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read script " + name, e);
        }
    }
}
