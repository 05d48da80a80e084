package dev.earshot.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Shows how far a step of known length is: a bar on a terminal, a line every ten seconds anywhere else. */
public final class ProgressBar {

    private static final int WIDTH = 30;
    private static final long LINE_EVERY_MS = 10_000;

    private final PrintStream screen;
    private final boolean isTerminal;
    private final String label;
    private long lastLineMs = -LINE_EVERY_MS;

    public ProgressBar(String label) {
        this(label, System.err, System.console() != null);
    }

    ProgressBar(String label, PrintStream screen, boolean isTerminal) {
        this.label = label;
        this.screen = screen;
        this.isTerminal = isTerminal;
    }

    /** Shows the step so far, with a word about it. */
    public void show(Duration done, Duration whole, String word) {
        double share = Math.min(1, (double) done.toMillis() / Math.max(1, whole.toMillis()));
        if (isTerminal) {
            int filled = (int) Math.round(share * WIDTH);
            screen.printf(
                    "\r%s [%s%s] %d/%d s  %s ",
                    label, "#".repeat(filled), "-".repeat(WIDTH - filled), done.toSeconds(), whole.toSeconds(), word);
            screen.flush();
        } else if (done.toMillis() - lastLineMs >= LINE_EVERY_MS) {
            lastLineMs = done.toMillis();
            screen.printf("%s %d/%d s  %s%n", label, done.toSeconds(), whole.toSeconds(), word);
        }
    }

    /** Leaves the line for what comes next. */
    public void end() {
        if (isTerminal) {
            screen.println();
        }
    }
}
