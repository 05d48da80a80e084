package dev.earshot.localstack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {

    @TempDir
    Path temp;

    private Path unloadable;

    @BeforeEach
    void makeAProgramThatCannotBeLoaded() throws Exception {
        unloadable = Files.writeString(
                temp.resolve("redis-server"),
                "#!/bin/sh\necho 'libssl.so.3: cannot open shared object file'\nexit 127\n");
        unloadable.toFile().setExecutable(true);
    }

    @Test
    void takesTheNextProgram_whenOneCannotBeLoaded() {
        Path bundled = RedisServer.programs(BinaryCache.ofUser()).get(0);
        RedisServer server =
                new RedisServer(temp.resolve("data"), LoopbackPorts.pickFree(), () -> List.of(unloadable, bundled));
        assertThatCode(server::start).doesNotThrowAnyException();
        server.stop();
    }

    @Test
    void saysWhyNoProgramRuns_andWhatToDo() {
        RedisServer server = new RedisServer(temp.resolve("data"), LoopbackPorts.pickFree(), () -> List.of(unloadable));
        assertThatThrownBy(server::start)
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("libssl.so.3: cannot open shared object file")
                .hasMessageContaining("REDIS_URL");
    }
}
