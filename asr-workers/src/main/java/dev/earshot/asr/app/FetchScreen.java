package dev.earshot.asr.app;

import dev.earshot.asr.catalogue.CatalogueModel;
import dev.earshot.asr.catalogue.Fetching;
import java.io.PrintStream;
import java.util.Locale;

/** Shows how far a download is: a bar on a terminal, a line for each tenth anywhere else. Not thread-safe. */
public final class FetchScreen implements Fetching {

    private static final int WIDTH = 30;

    private final PrintStream screen;
    private final boolean isTerminal;
    private int shown = -1;

    public FetchScreen(PrintStream screen, boolean isTerminal) {
        this.screen = screen;
        this.isTerminal = isTerminal;
    }

    @Override
    public void progressed(CatalogueModel model, long done) {
        int steps = isTerminal ? 1000 : 10;
        int step = (int) (steps * done / model.bytes());
        if (step == shown) {
            return;
        }
        shown = step;
        String figures = String.format(Locale.ROOT, "%.0f of %s", done / 1e6, model.size());
        if (isTerminal) {
            int filled = (int) (WIDTH * done / model.bytes());
            screen.printf("\r%s [%s%s] %s ", model.name(), "#".repeat(filled), "-".repeat(WIDTH - filled), figures);
            screen.printf(step == steps ? "%n" : "");
            screen.flush();
        } else {
            screen.println("earshot: fetching " + model.name() + ": " + figures);
        }
    }
}
