package dev.earshot.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of every benchmark: its rows as JSON, one object per line, on the screen and in {@code target/bench}. */
final class Results {

    /** The launcher names the checkout's own folder, wherever it was called from. */
    private static final Path FOLDER = Path.of(System.getenv().getOrDefault("EARSHOT_BENCH_RESULTS", "target/bench"));

    private Results() {}

    /** Prints the rows and keeps them in {@code target/bench/NAME.json}. */
    static void write(String name, List<String> rows, PrintWriter out) throws IOException {
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name + ".json"), rows);
        rows.forEach(out::println);
        out.flush();
    }
}
