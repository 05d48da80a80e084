package dev.earshot.standalone;

import java.io.PrintStream;
import java.util.Locale;

/** One line that says how far a file is: seconds of audio sent, and the last one of which text has come. */
final class AudioProgress {

    private static final double SAMPLES_PER_SECOND = 16_000;

    private final PrintStream out;
    private final boolean terminal;
    private double sentSeconds;
    private double heardSeconds;

    AudioProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void sent(long samples) {
        sentSeconds = samples / SAMPLES_PER_SECOND;
        show();
    }

    void heard(long endMs) {
        heardSeconds = Math.max(heardSeconds, endMs / 1000.0);
        show();
    }

    void end() {
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private void show() {
        if (terminal) {
            out.printf(Locale.ROOT, "\r\033[Kaudio sent %.1f s, text up to %.1f s", sentSeconds, heardSeconds);
            out.flush();
        }
    }
}
