package dev.earshot.segment;

import dev.earshot.segment.app.SegmentAggregatorCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The aggregator in a process of its own, so that a test can kill it as an operating system does. */
final class AggregatorProcess implements AutoCloseable {

    private final Process process;

    private AggregatorProcess(Process process) {
        this.process = process;
    }

    static AggregatorProcess start(Path state) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Servers.stack().temporaryDir(),
                "-cp",
                System.getProperty("java.class.path"),
                AggregatorProcess.class.getName(),
                "--kafka=" + Servers.stack().bootstrapServers(),
                "--registry=" + Servers.stack().schemaRegistryUrl(),
                "--database=" + Servers.stack().databaseUrl(),
                "--redis=" + Servers.stack().redisUrl(),
                "--aggregator-state=" + state,
                "--immutability-window-ms=300",
                "--aggregator-port=0",
                "--audio-partitions=" + Servers.log().topics().audioChunks().partitions(),
                "--meeting-partitions=" + Servers.log().topics().hypotheses().partitions());
        try {
            return new AggregatorProcess(new ProcessBuilder(command).inheritIO().start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the process runs. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SegmentAggregatorCommand()).execute(arguments));
    }

    /** Kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
