package dev.earshot.bot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that looks every five seconds at a log of two partitions, on a clock of the test's. */
class ListeningTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Listening listening = new Listening(2, Duration.ofSeconds(5));

    @Test
    void beginsWhenAllPartitionsAnswer() {
        assertThat(lookAt(0)).isEqualTo(at(0));
        assertThat(lookAt(5, 0)).isEqualTo(at(5));
        assertThat(lookAt(10, 0, 1)).isEqualTo(at(5));
        assertThat(lookAt(15, 0, 1)).isEqualTo(at(5));
    }

    @Test
    void beginsAnew_whenAPartitionDoesNotAnswer() {
        lookAt(0);
        assertThat(lookAt(5, 0, 1)).isEqualTo(at(0));
        assertThat(lookAt(10, 1)).isEqualTo(at(10));
        assertThat(lookAt(15)).isEqualTo(at(15));
        assertThat(lookAt(20, 0, 1)).isEqualTo(at(15));
    }

    @Test
    void beginsAnew_whenTheNodeStoodStill() {
        lookAt(0);
        assertThat(lookAt(7, 0, 1)).isEqualTo(at(0));
        assertThat(lookAt(15, 0, 1)).isEqualTo(at(15));
        assertThat(lookAt(20, 0, 1)).isEqualTo(at(15));
    }

    private Instant lookAt(int second, Integer... answering) {
        listening.answered(List.of(answering), at(second).minusMillis(200));
        return listening.since(at(second));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
