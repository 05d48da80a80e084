package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.EnergyGate;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.wire.TrackIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ListenedTrackTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ListenedTrack track = new ListenedTrack(
            new TrackIdentity("1", "s", "s:t0", 0),
            new AudioPartition(new Turn(0), NOW),
            TrackRules.DEFAULTS,
            new EnergyGate());

    @Test
    void aTrackIsSilent_whenNothingCameForLong() {
        heard(30, 30);

        assertThat(track.silentFor(NOW, Instant.EPOCH)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void lag_isNoSilence() {
        heard(60, 0);

        assertThat(track.silentFor(NOW, Instant.EPOCH)).isZero();
    }

    @Test
    void chunksHeldBack_areNoSilence() {
        heard(60, 45);

        assertThat(track.silentFor(NOW, NOW)).isZero();
        assertThat(track.silentFor(NOW, NOW.minusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(track.silentFor(NOW, NOW.minusSeconds(50))).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void aProducerWhoseClockIsAhead_isNotSilent() {
        heard(-5, 30);

        assertThat(track.silentFor(NOW, Instant.EPOCH)).isNegative();
    }

    @Test
    void lag_growsWhileReadingIsHeldBack_andIsNoneWhenNobodySends() {
        heard(8, 5);
        track.lagWhenHandled = Duration.ofSeconds(3);

        assertThat(track.lag(NOW, false)).isEqualTo(Duration.ofSeconds(3));
        assertThat(track.lag(NOW, true)).isEqualTo(Duration.ofSeconds(8));
        track.idle = true;
        assertThat(track.lag(NOW, true)).isZero();
    }

    private void heard(int producedSecondsAgo, int handledSecondsAgo) {
        track.lastProducedAt = NOW.minusSeconds(producedSecondsAgo);
        track.lastHandledAt = NOW.minusSeconds(handledSecondsAgo);
    }
}
