package dev.earshot.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@link KilledStack} in a JVM of its own, so that a test can kill it as {@code kill -9} would. */
final class ChildStack implements AutoCloseable {

    private final Process process;
    final Path dataDir;
    final String databaseUrl;
    final String redisUrl;

    private ChildStack(Process process, String[] ready) {
        this.process = process;
        this.dataDir = Path.of(ready[1]);
        this.databaseUrl = ready[2];
        this.redisUrl = ready[3];
    }

    static ChildStack start(Path... keptIn) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledStack.class.getName()));
        for (Path dir : keptIn) {
            command.add(dir.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        List<String> seen = new ArrayList<>();
        String line;
        while ((line = output.readLine()) != null) {
            if (line.startsWith("READY ")) {
                return new ChildStack(process, line.split(" "));
            }
            seen.add(line);
        }
        throw new IOException("child stack did not start: " + seen);
    }

    /** SIGKILL: no shutdown hook runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
