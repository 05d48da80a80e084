package dev.earshot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private ProgressBar bar(boolean isTerminal) {
        return new ProgressBar("10 tracks", new PrintStream(screen, true, StandardCharsets.UTF_8), isTerminal);
    }

    private void show(ProgressBar bar, int... seconds) {
        for (int second : seconds) {
            bar.show(Duration.ofSeconds(second), Duration.ofSeconds(60), second + " texts");
        }
    }

    @Test
    void drawsOverItself_onATerminal() {
        ProgressBar bar = bar(true);
        show(bar, 0, 30, 90);
        bar.end();

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains(
                        "\r10 tracks [------------------------------] 0/60 s  0 texts",
                        "\r10 tracks [###############---------------] 30/60 s  30 texts",
                        "\r10 tracks [##############################] 90/60 s");
    }

    @Test
    void writesALineEveryTenSeconds_anywhereElse() {
        show(bar(false), 0, 1, 9, 10, 11, 19, 25);

        assertThat(screen.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "10 tracks 0/60 s  0 texts", "10 tracks 10/60 s  10 texts", "10 tracks 25/60 s  25 texts");
    }
}
