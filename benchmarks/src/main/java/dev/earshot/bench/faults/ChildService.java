package dev.earshot.bench.faults;

import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.bench.ChildJvm;
import dev.earshot.segment.app.SegmentAggregatorCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A service in a JVM of its own, so that it can be killed as an operating system does. It ends with this process, however
 * that ends: the pipe between the two closes.
 */
public final class ChildService implements AutoCloseable {

    static final String WORKER = "asr-workers";
    static final String AGGREGATOR = "segment-aggregator";

    private static final long PATIENCE_S = 20;

    private final ProcessBuilder builder;
    private Process process;
    private boolean killed;

    private ChildService(ProcessBuilder builder) {
        this.builder = builder;
        this.process = begin(builder);
    }

    /**
     * Starts a service.
     *
     * @param name of its log file
     * @param settings the service's own environment variables
     */
    static ChildService start(String service, String name, Map<String, String> settings) {
        // It lives for seconds: starting fast is worth more to it than running fast.
        List<String> flags = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        ProcessBuilder builder = ChildJvm.of("bench-" + name + ".log", flags, ChildService.class, List.of(service))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(settings);
        // What it says of servers that are taken away is in its log.
        builder.environment().put("EARSHOT_SCREEN_LEVEL", "OFF");
        return new ChildService(builder);
    }

    private static Process begin(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no second JVM can be started: " + e.getMessage(), e);
        }
    }

    /** What the process runs. */
    public static void main(String[] arguments) {
        var lifeline = new Thread(ChildService::awaitEndOfParent, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        if (arguments[0].equals(WORKER)) {
            AsrWorkersCommand.main(new String[0]);
        } else {
            SegmentAggregatorCommand.main(new String[0]);
        }
    }

    private static void awaitEndOfParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said.
            }
        } catch (IOException e) {
            // As good as an end.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Throws unless it runs. */
    void check() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "a service ended by itself with code " + process.exitValue() + "; its log is beside the log file");
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly();
        process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** As whoever runs it would: with the same name and settings. */
    void startIfKilled() {
        if (killed) {
            process = begin(builder);
            killed = false;
        }
    }

    /** Asks it to end; what does not, is ended. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
