package dev.earshot.asr.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetLedgerTest {

    private final OffsetLedger<Long> ledger = new OffsetLedger<>();

    @Test
    void commitsNothing_whileATrackHoldsTheFirst() {
        receive(0, 100);
        ledger.hold("a", 0);

        assertThat(ledger.committable()).isNull();
    }

    @Test
    void commitsEverything_whenNobodyHolds() {
        receive(0, 100);
        ledger.hold("a", 50);
        ledger.release("a");

        assertThat(ledger.committable()).isEqualTo(100);
        assertThat(ledger.committable()).isNull();
    }

    @Test
    void theTrackThatIsFurthestBehind_decides() {
        receive(0, 100);
        ledger.hold("a", 90);
        ledger.hold("b", 40);

        assertThat(ledger.committable()).isBetween(20L, 39L);

        ledger.hold("b", 95);

        assertThat(ledger.committable()).isBetween(70L, 89L);
    }

    @Test
    void refuses_whatItHasSeen() {
        receive(0, 10);

        assertThat(ledger.received(10, 10L)).isFalse();
    }

    private void receive(long from, long to) {
        for (long offset = from; offset <= to; offset++) {
            assertThat(ledger.received(offset, offset)).isTrue();
        }
    }
}
