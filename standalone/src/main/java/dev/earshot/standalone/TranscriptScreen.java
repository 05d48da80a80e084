package dev.earshot.standalone;

import dev.earshot.standalone.client.MeetingFollower;
import dev.earshot.standalone.client.TranscriptFrame;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows a transcript as it comes: one line per finished utterance, and on a terminal a last grey line with what is being
 * said. Called on one thread.
 */
final class TranscriptScreen implements MeetingFollower.Listener {

    private static final String GREY = "\033[90m";
    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";
    private static final String CLEAR_LINE = "\r\033[K";
    private static final long SHORTEST_GAP_MS = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final int columns;
    private final Map<String, String> said = new LinkedHashMap<>();
    private final Map<String, String> pending = new LinkedHashMap<>();
    private String lastStatus = "";

    private TranscriptScreen(PrintStream out, boolean terminal, int columns) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** Writes to standard output; in colour if a person is looking. */
    static TranscriptScreen onStandardOutput() {
        boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null;
        String columns = System.getenv("COLUMNS");
        return new TranscriptScreen(
                System.out, terminal, columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : 100);
    }

    @Override
    public void transcript(TranscriptFrame frame) {
        String speaker = frame.speaker() == null ? "(unknown)" : frame.speaker();
        frame.pending().stream().filter(TranscriptFrame.Text::completed).forEach(text -> finish(speaker, text));
        frame.confirmed().forEach(text -> finish(speaker, text));
        String open = frame.pending().stream()
                .filter(text -> !text.completed())
                .map(TranscriptFrame.Text::text)
                .collect(Collectors.joining(" "));
        if (open.isBlank()) {
            pending.remove(speaker);
        } else {
            pending.put(speaker, open);
        }
        showPending();
    }

    /** A finished text is printed once, and again only if it was confirmed with other words. */
    private void finish(String speaker, TranscriptFrame.Text text) {
        if (!text.text().equals(said.put(text.segmentId(), text.text()))
                && !text.text().isBlank()) {
            line(time(text.startMs()) + "  " + (terminal ? BOLD + speaker + PLAIN : speaker) + ": " + text.text());
        }
    }

    /** On every connection the feed says again how the meeting stands. */
    @Override
    public void status(String status, @Nullable String reason) {
        if (status.equals(lastStatus)) {
            return;
        }
        lastStatus = status;
        line("           [" + status.replace('_', ' ') + (reason == null ? "" : ": " + reason.replace('_', ' ')) + "]");
    }

    /** Holes too short to hold a word are left to the account at the end. */
    @Override
    public void gap(long startMs, long endMs, String reason) {
        if (endMs - startMs < SHORTEST_GAP_MS) {
            return;
        }
        line(time(startMs) + "  [" + (endMs - startMs) + " ms of audio missing: " + reason.replace('_', ' ') + "]");
    }

    private void line(String text) {
        out.println((terminal ? CLEAR_LINE : "") + text);
        showPending();
    }

    private void showPending() {
        if (!terminal) {
            return;
        }
        String line = pending.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("   "));
        if (line.length() > columns - 2) {
            line = "…" + line.substring(line.length() - columns + 3);
        }
        out.print(CLEAR_LINE + GREY + line + PLAIN);
        out.flush();
    }

    private static String time(long ms) {
        return String.format("%02d:%02d.%03d", ms / 60_000, ms / 1000 % 60, ms % 1000);
    }
}
