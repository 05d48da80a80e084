package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.standalone.Earshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Earshot in a JVM of its own, as {@code ./earshot} starts it, with the class path of this test. */
final class EarshotProcess implements AutoCloseable {

    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(40);

    /** What the machine may have set for its own use must not reach the process under test. */
    private static final List<String> SETTINGS = List.of(
            "KAFKA_BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL", "DATABASE_URL", "REDIS_URL", "MODEL", "EARSHOT_DATA");

    private static final List<String> PORTS = List.of("API_PORT", "ADMIN_PORT", "AUDIO_PORT", "ASR_PORT");

    private final Process process;
    private final Path out;
    private final Path err;

    private EarshotProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it, on free ports.
     *
     * @param folder for its log, what it prints and what it leaves behind when it is killed
     * @param environment set besides what this process has
     */
    static EarshotProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx900m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder));
        if (Runtime.version().feature() >= 24) {
            // As the script does: newer ones warn of the Unsafe that Kafka's client still uses; 17 does not know the
            // option.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Earshot.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out-", ".txt");
        Path err = Files.createTempFile(folder, "err-", ".txt");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        SETTINGS.forEach(builder.environment()::remove);
        PORTS.forEach(port -> builder.environment().put(port, "0"));
        builder.environment().put("EARSHOT_LOG", folder.resolve("earshot.log").toString());
        builder.environment().putAll(environment);
        return new EarshotProcess(builder.start(), out, err);
    }

    /** Waits until it has printed something, and returns the match. */
    Matcher awaitOutput(Pattern pattern, Duration patience) {
        await(pattern.pattern())
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> pattern.matcher(out()).find() || !process.isAlive());
        Matcher matcher = pattern.matcher(out());
        assertThat(matcher.find()).as(this::everything).isTrue();
        return matcher;
    }

    /** Waits for its end and returns its exit code. */
    int awaitExit(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "did not end; " + everything())
                .isTrue();
        return process.exitValue();
    }

    /** It and all that it has started and that still runs. */
    List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** SIGKILL, to this process alone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    String everything() {
        return "out:\n" + out() + "\nerr:\n" + err();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end; what does not, is ended. */
    @Override
    public void close() {
        List<ProcessHandle> family = family();
        process.destroy();
        try {
            process.waitFor(LEAVE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
