package dev.earshot.bench.endurance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Our end of a {@link WorkerChild}. One thread at a time. */
final class WorkerProcess implements AutoCloseable {

    private static final long PATIENCE_S = 20;

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private WorkerProcess(Process process) {
        this.process = process;
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it; the settings are the worker's own environment variables. */
    static WorkerProcess start(Map<String, String> settings) throws IOException {
        // The heap is touched at once, so that what the process grows by is not heap.
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerChild.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Path log = Path.of(System.getenv().getOrDefault("EARSHOT_LOG", ".earshot/earshot.log"));
        builder.environment().putAll(settings);
        builder.environment()
                .put("EARSHOT_LOG", log.resolveSibling("bench-endurance.log").toString());
        return new WorkerProcess(builder.start());
    }

    /** Asks; the worker collects its garbage first. */
    Memory memory() throws IOException {
        questions.write("\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the worker's process ended by itself; see bench-endurance.log");
        }
        return Memory.parse(answer);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            questions.close();
        } finally {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
