package dev.earshot.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Steps steps = new Steps(NOON);

    @Test
    void tellsStepsInTheOrderOfTime_eachAsItWasFirstDone() {
        steps.doneAt("topics", NOON.plusMillis(5_640));
        steps.doneAt("servers", NOON.plusMillis(4_900));
        steps.doneAt("servers", NOON.plusMillis(9_000));

        assertThat(steps.text()).isEqualTo("servers 4.9, topics 5.6");
        assertThat(steps.until(NOON.plusMillis(17_250))).isEqualTo("17.3");
    }
}
