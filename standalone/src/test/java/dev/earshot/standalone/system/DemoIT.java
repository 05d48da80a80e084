package dev.earshot.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer runs first: the whole demo with a real browser, broker and model, held to its figures. */
class DemoIT {

    @TempDir
    private Path folder;

    @Test
    void hearsWhatIsSaid_andStoresItEverywhere() throws Exception {
        try (var demo = EarshotProcess.start(folder, Map.of(), "demo", "--once")) {
            int exitCode = demo.awaitExit(Duration.ofMinutes(4));
            System.out.println(demo.out());

            assertThat(exitCode).as(demo::everything).isZero();
            String out = demo.out();
            assertThat(out).contains("first words after", "[completed: left alone]", "live page", "registry");
            double spoken = figure(out, "words spoken\\s+(\\d+)");
            double heard = figure(out, "words heard\\s+(\\d+)");
            assertThat(spoken).isGreaterThan(100);
            assertThat(heard).isBetween(0.8 * spoken, 1.2 * spoken);
            // With room for a busy machine, on which the browser's sound has dropouts.
            assertThat(figure(out, "word error rate\\s+([\\d.]+) %")).isLessThanOrEqualTo(25);
            assertThat(figure(out, "speaker names right\\s+([\\d.]+) %")).isEqualTo(100);
            assertThat(figure(out, "first partial, p50/p95\\s+(\\d+) / \\d+ ms"))
                    .isPositive();
            assertThat(figure(out, "final, p50/p95\\s+(\\d+) / \\d+ ms")).isPositive();
            assertThat(figure(out, "audio accounted for\\s+([\\d.]+) %")).isEqualTo(100.0);
            assertThat(figure(out, "\\(([\\d.]+) % heard or silent")).isBetween(98.0, 100.0);
            assertThat(figure(out, "segments in Postgres\\s+(\\d+)")).isGreaterThanOrEqualTo(8);
            assertThat(out).containsPattern("Postgres = REST = SSE\\s+yes");
            assertThat(demo.err()).doesNotContain("\tat ");
        }
    }

    private static double figure(String out, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(out);
        assertThat(matcher.find()).as(pattern).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
