package dev.earshot.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL: database and user {@code earshot}, a random password per data folder.
 *
 * <p>Its methods let a test take the server away and bring it back on the same port with the same data. Thread-safe.
 */
public final class PostgresServer {

    private static final String NAME = "earshot";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Path dir;
    private final Path data;
    private final Path passwordFile;
    private final int port;
    private final boolean keepData;
    private final BinaryCache cache;
    private @Nullable ServerProcess process;
    private String password = "";

    PostgresServer(Path dir, int port, boolean keepData, BinaryCache cache) {
        this.dir = dir;
        this.data = dir.resolve("data");
        this.passwordFile = dir.resolve("password");
        this.port = port;
        this.keepData = keepData;
        this.cache = cache;
    }

    synchronized String url() {
        return "postgresql://" + NAME + ":" + password + "@" + LoopbackPorts.HOST + ":" + port + "/" + NAME;
    }

    /** Starts the server if it is not running and returns when it takes connections. */
    public synchronized void start() {
        ServerProcess running = process;
        if (running != null && running.isAlive()) {
            return;
        }
        try {
            Path bin = cache.postgres().resolve("bin");
            Files.createDirectories(dir);
            List<String> asUser = Unprivileged.prefix(dir);
            initializeOnce(bin, asUser);
            password = Files.readString(passwordFile).trim();
            List<String> command = new ArrayList<>(asUser);
            command.add(bin.resolve("postgres").toString());
            command.addAll(List.of("-D", data.toString(), "-p", String.valueOf(port)));
            settings().forEach(setting -> command.addAll(List.of("-c", setting)));
            ServerProcess started = ServerProcess.start(command, data, dir.resolve("postgres.log"));
            process = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new LocalStackException(
                    "the embedded PostgreSQL could not start in " + dir + ": " + e.getMessage()
                            + "; set DATABASE_URL to use another one",
                    e);
        }
    }

    /** Ends the server and all its connections, cleanly. */
    public synchronized void stop() {
        ServerProcess running = process;
        if (running != null) {
            process = null;
            running.stop("INT", STOP_LIMIT);
        }
    }

    /** Ends the server as a crash would: no checkpoint, no goodbye. */
    public synchronized void kill() {
        ServerProcess running = process;
        if (running != null) {
            process = null;
            running.stop("KILL", STOP_LIMIT);
        }
    }

    /** {@link #stop()} and {@link #start()}. */
    public synchronized void restart() {
        stop();
        start();
    }

    private List<String> settings() {
        String durable = keepData ? "on" : "off";
        return List.of(
                "listen_addresses=" + LoopbackPorts.HOST,
                "unix_socket_directories=",
                "fsync=" + durable,
                "synchronous_commit=" + durable,
                "full_page_writes=" + durable,
                "max_connections=200",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_checkpoints=off",
                "jit=off");
    }

    private void initializeOnce(Path bin, List<String> asUser) throws IOException {
        if (Files.exists(data.resolve("PG_VERSION")) && Files.exists(passwordFile)) {
            return;
        }
        // A first start that was cut short leaves half a cluster; nothing was ever stored in it.
        StackDirectory.deleteTree(data);
        Files.deleteIfExists(passwordFile);
        Path newPassword = dir.resolve("password.new");
        writeSecret(newPassword, randomPassword());
        Unprivileged.handOver(asUser, dir);
        Unprivileged.handOver(asUser, newPassword);
        List<String> initdb = new ArrayList<>(asUser);
        initdb.add(bin.resolve("initdb").toString());
        initdb.addAll(List.of("-D", data.toString(), "-U", NAME, "--pwfile=" + newPassword, "-A", "scram-sha-256"));
        initdb.addAll(List.of("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        initdb.add("--no-sync");
        ServerProcess.run(initdb, dir, "", START_LIMIT);
        List<String> single = new ArrayList<>(asUser);
        single.addAll(List.of(bin.resolve("postgres").toString(), "--single", "-D", data.toString(), "postgres"));
        ServerProcess.run(single, dir, "create database " + NAME + "\n", START_LIMIT);
        Files.move(newPassword, passwordFile);
    }

    /** The server itself writes {@code ready} on the eighth line of its pid file. */
    private void awaitReady(ServerProcess started) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new IOException(started.lastWords());
            }
            if (isReady(pidFile, started.pid())) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        started.stop("INT", STOP_LIMIT);
        throw new IOException("not ready after " + START_LIMIT.toSeconds() + " s: " + started.lastWords());
    }

    private static boolean isReady(Path pidFile, long pid) throws IOException {
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.size() >= 8
                && lines.get(0).trim().equals(String.valueOf(pid))
                && lines.get(7).trim().equals("ready");
    }

    private static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n", StandardCharsets.UTF_8);
    }
}
