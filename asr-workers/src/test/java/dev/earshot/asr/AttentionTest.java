package dev.earshot.asr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.asr.domain.EnergyGate;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.wire.TrackIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker's ticks and reading on a clock of the test's. */
class AttentionTest {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Attention attention = new Attention();
    private final ListenedTrack track = new ListenedTrack(
            new TrackIdentity("1", "s", "s:t0", 0),
            new AudioPartition(new Turn(0), Instant.EPOCH),
            TrackRules.DEFAULTS,
            new EnergyGate());
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @BeforeEach
    void speak() {
        attention.tick(now, false, false, true);
        pass(Duration.ofSeconds(20), false);
        read(now);
    }

    @Test
    void aTrackFromWhichNothingComes_isSilent() {
        pass(LONG, false);

        assertThat(silent()).isEqualTo(LONG);
    }

    @Test
    void standingStill_isNobodysSilence() {
        now = now.plus(LONG);
        attention.tick(now, false, false, true);
        assertThat(silent()).isZero();

        pass(Duration.ofSeconds(12), false);
        assertThat(silent()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void whatWaitedMeanwhile_isReadFirst_howeverLongThatTakes() {
        Instant stopped = now;
        now = now.plus(LONG);
        attention.tick(now, false, false, true);
        pass(Duration.ofSeconds(8), false);
        attention.read(stopped.plusSeconds(5), now);
        pass(Duration.ofSeconds(8), false);

        assertThat(silent()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void newChunksOfOthers_areNoBacklog() {
        now = now.plus(LONG);
        attention.tick(now, false, false, true);
        pass(Duration.ofSeconds(8), false);
        attention.read(now, now);
        pass(Duration.ofSeconds(8), false);

        assertThat(silent()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void aClockThatIsBehind_delaysByNoMoreThanThat() {
        Duration behind = Duration.ofSeconds(20);
        now = now.plus(LONG);
        attention.tick(now, false, false, true);
        for (int second = 0; second < 40; second++) {
            pass(Duration.ofSeconds(1), false);
            attention.read(now.minus(behind), now);
        }

        assertThat(silent()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    }

    @Test
    void holdingBack_isNobodysSilence() {
        pass(LONG, true);
        assertThat(silent()).isZero();

        pass(Duration.ofSeconds(3), false);
        assertThat(silent()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aBrokerThatIsAway_isNobodysSilence() {
        passWithoutAnAnswer(LONG);
        assertThat(silent()).isZero();

        pass(Duration.ofSeconds(3), false);
        assertThat(silent()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatWasSentWhileTheBrokerWasAway_isReadFirst_whenItIsBack() {
        Instant away = now;
        passWithoutAnAnswer(LONG);
        pass(Duration.ofSeconds(8), false);
        attention.read(away.plusSeconds(20), now);
        pass(Duration.ofSeconds(8), false);

        assertThat(silent()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void anAnswerThatComesLate_isNoAbsence() {
        for (int answers = 0; answers < 10; answers++) {
            passWithoutAnAnswer(Attention.UNANSWERED.minus(TICK));
            pass(TICK, false);
        }

        assertThat(silent()).isEqualTo(Attention.UNANSWERED.multipliedBy(10));
    }

    @Test
    void anAbsence_isNoticedBeforeItTakesMoreThanAnAnswerMay() {
        passWithoutAnAnswer(Attention.UNANSWERED);
        assertThat(silent()).isEqualTo(Attention.UNANSWERED);

        passWithoutAnAnswer(TICK);
        assertThat(silent()).isZero();
    }

    @Test
    void whatWaited_isABacklog_untilNoMoreOfItComes() {
        Instant stopped = now;
        assertThat(attention.readsBacklog(now)).isFalse();
        now = now.plus(LONG);
        attention.tick(now, false, false, true);
        attention.read(stopped.plusSeconds(5), now);
        assertThat(attention.readsBacklog(now)).isTrue();

        pass(Duration.ofMillis(500), false);
        attention.read(now, now);
        assertThat(attention.readsBacklog(now)).isFalse();
    }

    @Test
    void whatWaitsInAnotherPartition_isReadFirst() {
        for (int ticks = 0; ticks < 300; ticks++) {
            now = now.plus(TICK);
            attention.tick(now, false, true, true);
        }
        assertThat(silent()).isZero();

        pass(Duration.ofSeconds(3), false);
        assertThat(silent()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aBrokerLeavesAQuestionOpen_onlyWhileItIsAsked() {
        passWithoutAnAnswer(LONG);
        assertThat(attention.unanswered(now)).isEqualTo(LONG);

        now = now.plus(TICK);
        attention.tick(now, true, false, false);
        assertThat(attention.unanswered(now)).as("held back").isZero();

        passWithoutAnAnswer(Duration.ofSeconds(3));
        now = now.plus(TICK);
        attention.tick(now, false, true, false);
        assertThat(attention.unanswered(now)).as("enough at hand").isZero();

        now = now.plus(LONG);
        attention.tick(now, false, false, false);
        assertThat(attention.unanswered(now)).as("stood still").isZero();

        passWithoutAnAnswer(Duration.ofSeconds(3));
        pass(TICK, false);
        assertThat(attention.unanswered(now)).as("answered").isZero();
    }

    @Test
    void anotherWorkersPartition_beginsWithABacklog() {
        attention.begin(now);
        attention.read(now.minusSeconds(3), now);

        assertThat(attention.readsBacklog(now)).isTrue();
        assertThat(attention.since()).isEqualTo(now);
    }

    @Test
    void theFirstTick_isABeginning() {
        var fresh = new Attention();
        fresh.tick(now, false, false, true);

        assertThat(fresh.since()).isEqualTo(now);
    }

    private Duration silent() {
        return track.silentFor(now, attention.since());
    }

    private void read(Instant producedAt) {
        attention.read(producedAt, now);
        track.lastProducedAt = producedAt;
        track.lastHandledAt = now;
    }

    private void pass(Duration time, boolean holdsBack) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plus(TICK);
            attention.tick(now, holdsBack, false, true);
        }
    }

    private void passWithoutAnAnswer(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plus(TICK);
            attention.tick(now, false, false, false);
        }
    }
}
