package dev.earshot.localstack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded Redis: the program from the jar, or {@code redis-server} on the PATH where that one cannot be loaded.
 *
 * <p>It keeps nothing on disk, because it only ever holds what can be rebuilt. Its methods let a test take the server
 * away and bring it back, empty, on the same port. Thread-safe.
 */
public final class RedisServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int PROBE_MS = 500;

    private final Path dir;
    private final int port;
    private final Supplier<List<Path>> programs;
    private @Nullable ServerProcess process;

    /** {@code programs} are tried in order until one runs. */
    RedisServer(Path dir, int port, Supplier<List<Path>> programs) {
        this.dir = dir;
        this.port = port;
        this.programs = programs;
    }

    /** The bundled program, if there is one for this machine, and the installed one, if there is one. */
    static List<Path> programs(BinaryCache cache) {
        List<Path> found = new ArrayList<>();
        Path bundled = cache.redis();
        if (bundled != null) {
            found.add(bundled);
        }
        Path installed = ServerProcess.findProgram("redis-server");
        if (installed != null) {
            found.add(installed);
        }
        return found;
    }

    String url() {
        return "redis://" + LoopbackPorts.HOST + ":" + port + "/0";
    }

    /** Starts the server if it is not running and returns when it answers PING. */
    public synchronized void start() {
        ServerProcess running = process;
        if (running != null && running.isAlive()) {
            return;
        }
        try {
            Files.createDirectories(dir);
            List<String> refusals = new ArrayList<>();
            for (Path program : programs.get()) {
                String refusal = tryStart(program);
                if (refusal == null) {
                    return;
                }
                refusals.add(program + ": " + refusal);
            }
            throw new IOException(
                    refusals.isEmpty() ? "no redis-server for this machine" : String.join("; ", refusals));
        } catch (IOException e) {
            throw new LocalStackException(
                    "the embedded Redis could not start: " + e.getMessage()
                            + "; install redis-server on the PATH or set REDIS_URL to one of your own",
                    e);
        }
    }

    /** Ends the server; what it held is gone. */
    public synchronized void stop() {
        ServerProcess running = process;
        if (running != null) {
            process = null;
            running.stop("TERM", STOP_LIMIT);
        }
    }

    /** Ends the server as a crash would. */
    public synchronized void kill() {
        ServerProcess running = process;
        if (running != null) {
            process = null;
            running.stop("KILL", STOP_LIMIT);
        }
    }

    /** {@link #stop()} and {@link #start()}: the same port, empty. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Null when it runs, or why it does not. */
    private @Nullable String tryStart(Path program) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--bind", LoopbackPorts.HOST, "--dir", dir.toString(), "--save", ""));
        command.addAll(List.of("--appendonly", "no", "--daemonize", "no", "--loglevel", "warning"));
        ServerProcess started = ServerProcess.start(command, dir, dir.resolve("redis.log"));
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                return started.lastWords();
            }
            if (answersPing()) {
                process = started;
                return null;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        started.stop("KILL", STOP_LIMIT);
        return "no answer to PING within " + START_LIMIT.toSeconds() + " s";
    }

    private boolean answersPing() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PROBE_MS);
            socket.connect(new InetSocketAddress(LoopbackPorts.HOST, port), PROBE_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(5);
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}
