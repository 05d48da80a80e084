package dev.earshot.bench.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The viewers' process, as seen from the one that measures. Not thread-safe. */
public final class ViewersProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;
    private final PrintWriter orders;

    /** What the viewers measured; milliseconds. */
    public record Result(double p50, double p95, double p99, double max, long deliveries, long lost) {}

    private ViewersProcess(Process process) {
        this.process = process;
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts it; returns when all feeds are open. */
    static ViewersProcess open(int port, String path, int viewers) throws IOException {
        var viewersProcess = new ViewersProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ViewersMain.class.getName(),
                        Integer.toString(port),
                        path,
                        Integer.toString(viewers))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            viewersProcess.expect("open");
            return viewersProcess;
        } catch (IOException e) {
            viewersProcess.close();
            throw e;
        }
    }

    /** Only what is ready from now on counts. */
    void countFrom(long micros) {
        orders.println("count " + micros);
    }

    /** Says that nothing follows the cursor; returns when everybody has it, or after half a minute. */
    Result end(long lastSeq) throws IOException {
        orders.println("last " + lastSeq);
        String[] figures = expect("result").split(" ");
        return new Result(
                Double.parseDouble(figures[1]),
                Double.parseDouble(figures[2]),
                Double.parseDouble(figures[3]),
                Double.parseDouble(figures[4]),
                Long.parseLong(figures[5]),
                Long.parseLong(figures[6]));
    }

    /** Processor time that it has used. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private String expect(String word) throws IOException {
        String line = said.readLine();
        if (line == null || !line.startsWith(word)) {
            throw new IOException("the viewers' process said " + line + " (expected: " + word + ")");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
