package dev.earshot.bench.bots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process and its descendants, as Linux accounts for them. */
final class ProcessTree {

    /** Linux shows processor time in hundredths of a second wherever Java runs. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code /proc/PID/stat} behind the command's name: utime, stime, and the same of children that have ended. */
    private static final int FIRST_TIME = 11;

    private static final int LAST_TIME = 14;

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Processor time so far, in seconds. What has ended and was waited for counts with its parent. */
    double cpuSeconds() {
        return pids().mapToDouble(ProcessTree::cpuSeconds).sum();
    }

    /** Proportional set size in bytes. */
    long pssBytes() {
        return pids().mapToLong(ProcessTree::pssBytes).sum();
    }

    private Stream<Long> pids() {
        return Stream.concat(Stream.of(root), root.descendants()).map(ProcessHandle::pid);
    }

    private static double cpuSeconds(long pid) {
        String stat = read(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long pssBytes(long pid) {
        return read(pid, "smaps_rollup")
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    /** Empty when the process has ended meanwhile. */
    private static String read(long pid, String file) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            if (Files.exists(path.getParent())) {
                throw new UncheckedIOException("cannot read " + path, e);
            }
            return "";
        }
    }
}
