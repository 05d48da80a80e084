package dev.earshot.bot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bot.domain.ClaimLedger.Claim;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClaimLedgerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ClaimLedger ledger = new ClaimLedger(NOON.minusSeconds(60));

    @Test
    void firstClaimInTheLog_wins() {
        assertThat(ledger.apply(claim("a", 0, false, 0))).isTrue();
        assertThat(ledger.apply(claim("b", 0, false, 0))).isFalse();

        assertThat(ledger.winner("s").orElseThrow().node()).isEqualTo("a");
    }

    @Test
    void heartbeatOfTheWinner_countsAndOfTheLoser_doesNot() {
        ledger.apply(claim("a", 0, false, 0));
        ledger.apply(claim("b", 0, false, 100));
        ledger.apply(claim("a", 0, false, 10));

        assertThat(ledger.winner("s").orElseThrow().heartbeatAt()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void higherEpoch_takesOver() {
        ledger.apply(claim("a", 0, false, 0));
        ledger.apply(claim("b", 1, false, 60));
        ledger.apply(claim("c", 1, false, 60));
        ledger.apply(claim("a", 0, false, 61));

        assertThat(ledger.winner("s").orElseThrow().node()).isEqualTo("b");
    }

    @Test
    void releasedSession_staysReleased() {
        ledger.apply(claim("a", 0, false, 0));
        ledger.apply(claim("a", 0, true, 5));

        assertThat(ledger.apply(claim("a", 0, false, 6))).isFalse();
        assertThat(ledger.apply(claim("b", 0, false, 6))).isFalse();
        assertThat(ledger.winner("s").orElseThrow().released()).isTrue();
    }

    @Test
    void silentClaim_isAbandoned_unlessReleased() {
        ledger.apply(claim("a", 0, false, 0));

        assertThat(ledger.abandoned(NOON.plusSeconds(30), Duration.ofSeconds(30)))
                .isEmpty();
        assertThat(ledger.abandoned(NOON.plusSeconds(31), Duration.ofSeconds(30)))
                .hasSize(1);
        ledger.apply(claim("a", 0, true, 0));
        assertThat(ledger.abandoned(NOON.plusSeconds(31), Duration.ofSeconds(30)))
                .isEmpty();
    }

    @Test
    void nobodyIsAbandoned_beforeTheLedgerHasListenedForAsLong() {
        var young = new ClaimLedger(NOON.plusSeconds(100));
        young.apply(claim("a", 0, false, 0));

        assertThat(young.abandoned(NOON.plusSeconds(130), Duration.ofSeconds(30)))
                .isEmpty();
        assertThat(young.abandoned(NOON.plusSeconds(131), Duration.ofSeconds(30)))
                .hasSize(1);
    }

    private static Claim claim(String node, long epoch, boolean released, long second) {
        return new Claim("1", "s", node, epoch, released, NOON.plusSeconds(second));
    }
}
