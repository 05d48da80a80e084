package dev.earshot.segment.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.earshot.segment.SegmentAggregatorConfig;
import dev.earshot.segment.domain.SegmentRules;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SegmentAggregatorCommandTest {

    @Test
    void defaultsAreThoseOfTheFold() {
        SegmentAggregatorConfig config = parse();

        assertThat(config.rules()).isEqualTo(SegmentRules.DEFAULTS);
        assertThat(config.stream().commitInterval()).isEqualTo(Duration.ofMillis(30));
        assertThat(config.stream().threads()).isEqualTo(1);
    }

    @Test
    void takesOptions() {
        SegmentAggregatorConfig config = parse(
                "--immutability-window-ms=0",
                "--immutability-threshold=5",
                "--session-patience=60",
                "--database=postgresql://a:b@c:1/d",
                "--aggregator-state=somewhere");

        assertThat(config.rules().immutabilityWindow()).isZero();
        assertThat(config.rules().immutabilityThreshold()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.rules().patience()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.database()).hasToString("postgresql://a@c:1/d");
        assertThat(config.stream().stateDir()).isEqualTo(Path.of("somewhere"));
    }

    @Test
    void refusesWhatMakesNoSense_withASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--immutability-threshold=0"))
                .withMessage("immutabilityThreshold: PT0S (expected: more than 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--redis=http://localhost"))
                .withMessageContaining("REDIS_URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--database=localhost"))
                .withMessageContaining("DATABASE_URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--aggregator-threads=0"))
                .withMessageContaining("threads: 0");
    }

    private static SegmentAggregatorConfig parse(String... arguments) {
        var command = new SegmentAggregatorCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.toConfig();
    }
}
