package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongKeysTest {

    private final WrongKeys keys = new WrongKeys(2, Duration.ofNanos(10));

    @Test
    void remembersForAWhile() {
        assertThat(keys.contains("a", 0)).isFalse();
        keys.add("a", 5);
        assertThat(keys.contains("a", 14)).isTrue();
        assertThat(keys.contains("b", 14)).isFalse();
        assertThat(keys.contains("a", 15)).isFalse();
        assertThat(keys.contains("a", 6)).as("forgotten for good").isFalse();
    }

    @Test
    void forgetsTheOldest_whenThereAreTooMany() {
        keys.add("a", 0);
        keys.add("b", 1);
        keys.add("a", 2);
        keys.add("c", 3);
        assertThat(keys.contains("a", 4)).isTrue();
        assertThat(keys.contains("b", 4)).isFalse();
        assertThat(keys.contains("c", 4)).isTrue();
    }
}
