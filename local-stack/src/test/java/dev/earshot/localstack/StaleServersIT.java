package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleServersIT {

    @TempDir
    Path temp;

    @Test
    void startsOnDataOfAKilledRun_andEndsItsServers() throws Exception {
        Path dir = temp.resolve("data");
        List<ProcessHandle> orphans;
        try (ChildStack child = ChildStack.start(dir)) {
            PostgresProbe.execute(child.databaseUrl, "create table kept (n int)");
            PostgresProbe.execute(child.databaseUrl, "insert into kept values (7)");
            orphans = serversOf(dir);
            child.kill();
        }
        assertThat(orphans).hasSize(2).allMatch(ServerProcess::isRunning);

        try (LocalStack stack = LocalStack.start(LocalStackConfig.keptIn(dir))) {
            assertThat(orphans).noneMatch(ServerProcess::isRunning);
            assertThat(PostgresProbe.queryInt(stack.databaseUrl(), "select n from kept"))
                    .isEqualTo(7);
        }
    }

    @Test
    void nextRunPutsAwayAKilledThrowawayRun() throws Exception {
        Path dir;
        List<ProcessHandle> orphans;
        try (ChildStack child = ChildStack.start()) {
            dir = child.dataDir;
            orphans = serversOf(dir);
            child.kill();
        }
        assertThat(dir).isDirectory();

        try (LocalStack stack =
                LocalStack.start(onlyRedis(LocalStackConfig.ephemeral().dataDir()))) {
            assertThat(stack.redisUrl()).isNotBlank();
            assertThat(orphans).hasSize(2).noneMatch(ServerProcess::isRunning);
            assertThat(dir).doesNotExist();
        }
    }

    @Test
    void leavesProcessesAlone_whosePidFileLies() throws Exception {
        Process bystander =
                new ProcessBuilder("sleep", "60").directory(temp.toFile()).start();
        try {
            Path pidFile = Files.createDirectories(temp.resolve("data/redis")).resolve(ServerProcess.PID_FILE);
            Files.writeString(pidFile, bystander.pid() + "\n");
            try (LocalStack stack = LocalStack.start(onlyRedisKept(temp.resolve("data")))) {
                assertThat(stack.redisUrl()).isNotBlank();
                assertThat(bystander.isAlive()).isTrue();
            }
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void refusesADataFolderThatAnotherProcessUses() throws Exception {
        Path dir = temp.resolve("data");
        try (ChildStack child = ChildStack.start(dir)) {
            assertThatThrownBy(() -> LocalStack.start(LocalStackConfig.keptIn(dir)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(dir.toString())
                    .hasMessageContaining("in use by another Earshot (process ");
            assertThat(PostgresProbe.queryInt(child.databaseUrl, "select 1")).isEqualTo(1);
        }
        // The killed child's servers end with the next start on its folder.
        LocalStack.start(onlyRedisKept(dir)).close();
        assertThat(serversOf(dir)).isEmpty();
    }

    private static LocalStackConfig onlyRedis(Path dir) {
        return new LocalStackConfig(dir, false, Ports.free(), false, false, true, false);
    }

    private static LocalStackConfig onlyRedisKept(Path dir) {
        return new LocalStackConfig(dir, true, Ports.free(), false, false, true, false);
    }

    private static List<ProcessHandle> serversOf(Path dir) {
        return List.of("postgres", "redis").stream()
                .map(part -> dir.resolve(part).resolve(ServerProcess.PID_FILE))
                .filter(Files::exists)
                .map(StaleServersIT::read)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ServerProcess::isRunning)
                .toList();
    }

    private static long read(Path pidFile) {
        try {
            return Long.parseLong(Files.readString(pidFile).trim());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
