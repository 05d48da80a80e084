package dev.earshot.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final StreamTokens tokens = new StreamTokens("a secret of this deployment");

    @Test
    void opensItsMeetingForAWhile() {
        String token = tokens.issue(42, NOW);

        assertThat(tokens.opens(token, 42, NOW)).isTrue();
        assertThat(tokens.opens(token, 42, NOW.plus(StreamTokens.LIFETIME).minusSeconds(1)))
                .isTrue();
        assertThat(tokens.opens(token, 42, NOW.plus(StreamTokens.LIFETIME))).isFalse();
        assertThat(StreamTokens.meetingOf(token)).isEqualTo(42);
    }

    @Test
    void isRenewedForHalfADay_andNotForEver() {
        String token = tokens.issue(42, NOW);
        Instant end = NOW.plus(StreamTokens.RENEWABLE_FOR);
        for (Instant at = NOW; at.isBefore(end); at = at.plus(StreamTokens.LIFETIME)) {
            token = tokens.renew(token, at).orElseThrow();
            assertThat(tokens.opens(token, 42, at)).isTrue();
        }
        assertThat(tokens.renew(token, end)).isEmpty();
        assertThat(tokens.renew(token + "x", NOW)).isEmpty();
    }

    @Test
    void opensNothingElse() {
        String token = tokens.issue(42, NOW);

        assertThat(tokens.opens(token, 43, NOW)).isFalse();
        assertThat(tokens.opens(token.replace("st_42_", "st_43_"), 43, NOW)).isFalse();
        assertThat(tokens.opens(token + "x", 42, NOW)).isFalse();
        assertThat(new StreamTokens("another secret").opens(token, 42, NOW)).isFalse();
        for (String nonsense : new String[] {"", "st", "st_42_9999999999", "st_42_9999999999_", "st_42_x_y", "___"}) {
            assertThat(tokens.opens(nonsense, 42, NOW)).isFalse();
        }
    }
}
