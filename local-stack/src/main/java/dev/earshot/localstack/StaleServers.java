package dev.earshot.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the servers that a killed run left in a data folder.
 *
 * <p>A pid file alone proves nothing: the number may belong to someone else by now. A process is ended only when its
 * program is one of ours and its working folder is the very folder that the pid file lies in (read from {@code /proc};
 * on systems without it nothing is ended). The caller holds the folder's lock.
 */
final class StaleServers {

    private static final Logger log = LoggerFactory.getLogger(StaleServers.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private StaleServers() {}

    static void endIn(Path stackDir, BinaryCache cache) {
        Path postgres = stackDir.resolve("postgres");
        Path redis = stackDir.resolve("redis");
        endByFile(postgres.resolve(ServerProcess.PID_FILE), postgres.resolve("data"), cache);
        endByFile(postgres.resolve("data").resolve("postmaster.pid"), postgres.resolve("data"), cache);
        endByFile(redis.resolve(ServerProcess.PID_FILE), redis, cache);
    }

    private static void endByFile(Path pidFile, Path workDir, BinaryCache cache) {
        Optional<Long> pid = pidIn(pidFile);
        if (pid.isEmpty() || !Files.isDirectory(Path.of("/proc/self"))) {
            return;
        }
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(pid.get());
            if (process.isPresent() && isOurs(pid.get(), workDir, cache)) {
                log.info("ending a server of a killed run pid={} dir={}", pid.get(), workDir);
                ServerProcess.end(process.get(), "INT", GRACE);
            }
            // PostgreSQL would take any live process with that number, such as one after a reboot, for its own.
            Files.deleteIfExists(pidFile);
        } catch (NoSuchFileException e) {
            log.debug("process ended by itself pid={}", pid.get());
        } catch (IOException e) {
            log.info("process of another user left alone pid={} reason={}", pid.get(), e.toString());
        }
    }

    private static boolean isOurs(long pid, Path workDir, BinaryCache cache) throws IOException {
        Path proc = Path.of("/proc", String.valueOf(pid));
        Path program = Files.readSymbolicLink(proc.resolve("exe"));
        Path cwd = Files.readSymbolicLink(proc.resolve("cwd"));
        return isOurProgram(program, cache) && cwd.equals(workDir.toRealPath());
    }

    private static boolean isOurProgram(Path program, BinaryCache cache) throws IOException {
        if (Files.exists(cache.root()) && program.startsWith(cache.root().toRealPath())) {
            return true;
        }
        Path installedRedis = ServerProcess.findProgram("redis-server");
        return installedRedis != null && program.equals(installedRedis.toRealPath());
    }

    private static Optional<Long> pidIn(Path pidFile) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.get(0).trim()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
