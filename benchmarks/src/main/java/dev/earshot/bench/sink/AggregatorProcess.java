package dev.earshot.bench.sink;

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

/** Our end of an {@link AggregatorChild}. One thread at a time. */
final class AggregatorProcess implements AutoCloseable {

    private static final long PATIENCE_S = 20;

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private AggregatorProcess(Process process) {
        this.process = process;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the process, not yet the aggregator; the settings are the aggregator's own environment variables. */
    static AggregatorProcess start(Map<String, String> settings) throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AggregatorChild.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Path log = Path.of(System.getenv().getOrDefault("EARSHOT_LOG", ".earshot/earshot.log"));
        builder.environment().putAll(settings);
        builder.environment()
                .put("EARSHOT_LOG", log.resolveSibling("bench-sink.log").toString());
        return new AggregatorProcess(builder.start());
    }

    /** Launches the aggregator and returns when it has its partitions. */
    Counts launch() throws IOException {
        return tell("launch");
    }

    /** Closes the aggregator; the process stays, and stays warm. */
    Counts stop() throws IOException {
        return tell("close");
    }

    Counts count() throws IOException {
        return tell("count");
    }

    private Counts tell(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the aggregator's process ended by itself; see bench-sink.log");
        }
        return Counts.parse(answer);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            orders.close();
        } finally {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
