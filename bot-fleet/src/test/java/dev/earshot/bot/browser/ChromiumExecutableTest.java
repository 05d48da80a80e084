package dev.earshot.bot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumExecutableTest {

    @TempDir
    private Path folder;

    @Test
    void prefersTheNamesInTheirOrder() throws IOException {
        executable("google-chrome");
        Path chromium = executable("chromium");

        assertThat(ChromiumExecutable.find(null, "/nowhere:" + folder)).isEqualTo(chromium);
    }

    @Test
    void takesTheConfiguredOne() throws IOException {
        Path mine = executable("my-browser");

        assertThat(ChromiumExecutable.find(mine.toString(), "")).isEqualTo(mine);
    }

    @Test
    void saysWhatToDo_whenThereIsNone() {
        assertThatThrownBy(() -> ChromiumExecutable.find(" ", folder.toString()))
                .isInstanceOf(BrowserException.class)
                .hasMessageStartingWith("no browser found")
                .hasMessageEndingWith("apt-get install chromium or set CHROMIUM_PATH");
        assertThatThrownBy(() -> ChromiumExecutable.find(folder.resolve("none").toString(), ""))
                .hasMessageContaining("CHROMIUM_PATH=" + folder.resolve("none"));
    }

    private Path executable(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
