package dev.earshot.localstack;

import java.io.IOException;
import java.nio.file.Files;
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
        end(postgres.resolve(ServerProcess.PID_FILE), postgres.resolve("data"), cache);
        end(postgres.resolve("data").resolve("postmaster.pid"), postgres.resolve("data"), cache);
        end(redis.resolve(ServerProcess.PID_FILE), redis, cache);
    }

    private static void end(Path pidFile, Path workDir, BinaryCache cache) {
        pidIn(pidFile)
                .flatMap(ProcessHandle::of)
                .filter(handle -> isOurs(handle.pid(), workDir, cache))
                .ifPresent(handle -> {
                    log.info("ending a server of a killed run pid={} dir={}", handle.pid(), workDir);
                    ServerProcess.endByPid(handle, "INT", GRACE);
                    awaitGone(handle);
                });
    }

    private static boolean isOurs(long pid, Path workDir, BinaryCache cache) {
        try {
            Path proc = Path.of("/proc", String.valueOf(pid));
            Path program = Files.readSymbolicLink(proc.resolve("exe"));
            Path cwd = Files.readSymbolicLink(proc.resolve("cwd"));
            return isOurProgram(program, cache) && cwd.equals(workDir.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isOurProgram(Path program, BinaryCache cache) throws IOException {
        if (Files.exists(cache.root()) && program.startsWith(cache.root().toRealPath())) {
            return true;
        }
        Path installedRedis = ServerProcess.findProgram("redis-server");
        return installedRedis != null && program.equals(installedRedis.toRealPath());
    }

    private static void awaitGone(ProcessHandle handle) {
        ServerProcess.endByPid(handle, "KILL", GRACE);
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
