package dev.earshot.localstack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server program that we started, with its output in a log file.
 *
 * <p>It gets a session of its own where {@code setsid} is there: Ctrl-C in the terminal then reaches only this JVM,
 * which ends its servers after the services that still write to them.
 */
final class ServerProcess {

    /** Written beside the server's log, so that the next run finds a server that this one could not end. */
    static final String PID_FILE = "earshot.pid";

    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ServerProcess start(List<String> command, Path workDir, Path output) throws IOException {
        List<String> full = new ArrayList<>();
        Path setsid = findProgram("setsid");
        if (setsid != null) {
            full.add(setsid.toString());
        }
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full)
                .directory(workDir.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile());
        cleanEnvironment(builder);
        Process process = builder.start();
        Files.writeString(output.resolveSibling(PID_FILE), process.pid() + "\n");
        return new ServerProcess(process, output);
    }

    /** Runs a program to its end and returns its output; throws when it fails or takes longer than {@code limit}. */
    static String run(List<String> command, Path workDir, String input, Duration limit) throws IOException {
        Path output = Files.createTempFile(workDir, "run-", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workDir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            cleanEnvironment(builder);
            Process process = builder.start();
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            } catch (IOException e) {
                log.debug("program ended before it read its input program={}", command.get(0));
            }
            if (!waitFor(process, limit)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(lastLines(output));
            }
            return Files.readString(output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The end of what the server said: the reason when it did not start. */
    String lastWords() {
        return lastLines(output);
    }

    /** Sends {@code signal} (a name such as INT), and KILL when it is not gone after {@code grace}. */
    void stop(String signal, Duration grace) {
        if (process.isAlive()) {
            end(process.toHandle(), signal, grace);
        }
    }

    /** As {@link #stop}, for a process known by its handle only; its children are waited for as well. */
    static void end(ProcessHandle handle, String signal, Duration grace) {
        List<ProcessHandle> family = new ArrayList<>(handle.children().toList());
        family.add(handle);
        sendSignal(handle.pid(), signal);
        if (!awaitExit(family, grace)) {
            family.forEach(ProcessHandle::destroyForcibly);
            awaitExit(family, KILL_LIMIT);
        }
    }

    private static boolean awaitExit(List<ProcessHandle> processes, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(ServerProcess::isRunning)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return true;
    }

    /** False for a zombie as well: in a container the first process may never reap what a killed JVM left to it. */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    static @Nullable Path findProgram(String name) {
        String path = System.getenv("PATH");
        for (String dir : (path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator, -1)) {
            Path file = Path.of(dir, name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    private static void sendSignal(long pid, String signal) {
        try {
            // The shell's own kill: not every slim image carries the program.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new LocalStackException("no shell to send SIG" + signal + " to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean waitFor(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String lastLines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()))
                    .trim();
        } catch (IOException e) {
            return "its log " + file + " cannot be read";
        }
    }

    /** What the caller's shell says about PostgreSQL or its libraries must not reach ours. */
    private static void cleanEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("LD_LIBRARY_PATH"));
        builder.environment().put("LC_ALL", "C");
    }
}
