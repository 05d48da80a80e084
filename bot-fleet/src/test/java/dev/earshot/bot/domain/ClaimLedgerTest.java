package dev.earshot.bot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bot.domain.ClaimLedger.Claim;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClaimLedgerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ClaimLedger ledger = new ClaimLedger();

    @Test
    void firstClaimInTheLog_wins() {
        assertThat(apply(claim("a", 0, false, 0))).isTrue();
        assertThat(apply(claim("b", 0, false, 0))).isFalse();

        assertThat(ledger.winner("s").orElseThrow().node()).isEqualTo("a");
    }

    @Test
    void heartbeatOfTheWinner_countsAndOfTheLoser_doesNot() {
        apply(claim("a", 0, false, 0));
        apply(claim("b", 0, false, 100));
        apply(claim("a", 0, false, 10));

        assertThat(ledger.winner("s").orElseThrow().heartbeatAt()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void higherEpoch_takesOver() {
        apply(claim("a", 0, false, 0));
        apply(claim("b", 1, false, 60));
        apply(claim("c", 1, false, 60));
        apply(claim("a", 0, false, 61));

        assertThat(ledger.winner("s").orElseThrow().node()).isEqualTo("b");
    }

    @Test
    void releasedSession_staysReleased() {
        apply(claim("a", 0, false, 0));
        apply(claim("a", 0, true, 5));

        assertThat(apply(claim("a", 0, false, 6))).isFalse();
        assertThat(apply(claim("b", 0, false, 6))).isFalse();
        assertThat(ledger.winner("s").orElseThrow().released()).isTrue();
    }

    @Test
    void silentClaim_isAbandoned_unlessReleased() {
        apply(claim("a", 0, false, 0));

        assertThat(ledger.abandoned(NOON.plusSeconds(30), Duration.ofSeconds(30), Instant.EPOCH))
                .isEmpty();
        assertThat(ledger.abandoned(NOON.plusSeconds(31), Duration.ofSeconds(30), Instant.EPOCH))
                .hasSize(1);
        apply(claim("a", 0, true, 0));
        assertThat(ledger.abandoned(NOON.plusSeconds(31), Duration.ofSeconds(30), Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void whatThisNodeCouldNotRead_isNobodysSilence() {
        apply(claim("a", 0, false, 0));
        Instant listening = NOON.plusSeconds(60);

        assertThat(ledger.abandoned(NOON.plusSeconds(90), Duration.ofSeconds(30), listening))
                .isEmpty();
        assertThat(ledger.abandoned(NOON.plusSeconds(91), Duration.ofSeconds(30), listening))
                .hasSize(1);
    }

    @Test
    void nodeWithASlowClock_lives() {
        Claim anHourBehind = claim("a", 0, false, -3_600);
        ledger.apply(anHourBehind, NOON);

        assertThat(ledger.abandoned(NOON.plusSeconds(30), Duration.ofSeconds(30), Instant.EPOCH))
                .isEmpty();
        assertThat(ledger.abandoned(NOON.plusSeconds(31), Duration.ofSeconds(30), Instant.EPOCH))
                .containsExactly(anHourBehind);
    }

    /** Read as soon as it was written, on a clock that agrees. */
    private boolean apply(Claim claim) {
        return ledger.apply(claim, claim.heartbeatAt());
    }

    private static Claim claim(String node, long epoch, boolean released, long second) {
        return new Claim("1", "s", node, epoch, released, NOON.plusSeconds(second));
    }
}
