package dev.earshot.segment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterSourceTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("own.rules"), "pattern uh");
    }

    @Test
    void readsTheFileAgain_whenItChanged() throws IOException {
        try (var source = FilterSource.open(file.toString())) {
            assertThat(source.get().objection("uh", null)).isPresent();

            Files.writeString(file, "pattern um, well");

            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(source.get().objection("uh", null)).isEmpty();
                assertThat(source.get().objection("um, well", null)).isPresent();
            });
        }
    }

    @Test
    void keepsTheRules_whenTheFileMakesNoSenseOrIsGone() throws IOException {
        try (var source = FilterSource.open(file.toString())) {
            Files.writeString(file, "nonsense of another length");
            source.lookAgain();
            assertThat(source.get().objection("uh", null)).isPresent();

            Files.delete(file);
            source.lookAgain();
            assertThat(source.get().objection("uh", null)).isPresent();
        }
    }

    @Test
    void saysWhatIsWrong_atTheStart() throws IOException {
        assertThatThrownBy(() -> FilterSource.check(folder.resolve("none.rules").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TRANSCRIPT_FILTER: " + folder.resolve("none.rules")
                        + " is not there (expected: none, standard, strict, or a file of rules)");
        Files.writeString(file, "nonsense");
        assertThatThrownBy(() -> FilterSource.check(file.toString()))
                .hasMessageContaining("own.rules, line 1: nonsense");
        assertThatThrownBy(() -> FilterSource.check(folder.toString())).hasMessageContaining("cannot be read");
    }
}
