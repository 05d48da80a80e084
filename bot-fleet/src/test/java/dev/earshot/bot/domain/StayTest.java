package dev.earshot.bot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StayTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final StayRules RULES = new StayRules(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(10));

    private final List<String> statuses = new ArrayList<>();
    private Stay stay = Stay.begin(RULES, NOON);

    @Test
    void movesThroughTheWaitingRoom_intoTheMeeting() {
        see(1, Presence.LOBBY, 0);
        see(2, Presence.WAITING, 0);
        see(3, Presence.WAITING, 0);
        see(4, Presence.IN_CALL, 0);
        see(5, Presence.IN_CALL, 2);

        assertThat(statuses).containsExactly("awaiting_admission", "active");
    }

    @ParameterizedTest
    @CsvSource({
        "DENIED, failed, awaiting_admission_rejected",
        "REMOVED, failed, evicted",
        "ENDED, completed, left_alone"
    })
    void ends_whenThePageShowsAnEndTwice(Presence end, String status, String reason) {
        see(1, Presence.IN_CALL, 1);

        assertThat(see(2, end, 1).ending()).isEmpty();
        assertThat(see(3, end, 1).ending()).hasValueSatisfying(ending -> {
            assertThat(ending.status()).isEqualTo(status);
            assertThat(ending.reason()).isEqualTo(reason);
        });
    }

    @Test
    void stays_whenThePageOnlyFlickers() {
        see(1, Presence.IN_CALL, 1);
        see(2, Presence.ENDED, 0);
        see(3, Presence.IN_CALL, 1);

        assertThat(see(4, Presence.ENDED, 0).ending()).isEmpty();
        assertThat(see(5, Presence.IN_CALL, 1).ending()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LOBBY, 30, join_failure", "UNKNOWN, 30, join_failure", "WAITING, 61, awaiting_admission_timeout"})
    void givesUp_whenItDoesNotGetIn(Presence presence, int seconds, String reason) {
        see(1, presence, 0);

        assertThat(see(seconds - 1, presence, 0).ending()).isEmpty();
        assertThat(see(seconds, presence, 0).ending().orElseThrow().reason()).isEqualTo(reason);
    }

    @Test
    void letsLateAdmission_win() {
        see(1, Presence.WAITING, 0);

        assertThat(see(300, Presence.IN_CALL, 1).ending()).isEmpty();
    }

    @Test
    void leaves_whenLeftAlone_butNotBefore() {
        see(1, Presence.IN_CALL, 1);
        see(50, Presence.IN_CALL, 1);

        assertThat(see(59, Presence.IN_CALL, 0).ending()).isEmpty();
        assertThat(see(60, Presence.IN_CALL, 0).ending().orElseThrow().reason()).isEqualTo("left_alone");
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN", "LOBBY", "WAITING"})
    void leaves_whenThePageHasGoneElsewhere_thoughItsListIsFull(Presence elsewhere) {
        see(1, Presence.IN_CALL, 2);

        assertThat(see(10, elsewhere, 2).ending()).isEmpty();
        assertThat(see(11, elsewhere, 2).ending().orElseThrow().reason()).isEqualTo("left_alone");
    }

    @Test
    void stays_whenThePageComesBackInTime() {
        see(1, Presence.IN_CALL, 2);
        see(10, Presence.UNKNOWN, 2);
        see(11, Presence.IN_CALL, 2);

        assertThat(see(20, Presence.UNKNOWN, 2).ending()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN", "LOBBY"})
    void fails_whenThePageHasNotShownTheMeetingForAMinute(Presence elsewhere) {
        var patient = new StayRules(
                RULES.join(), RULES.admission(), Duration.ofMinutes(5), Duration.ofMinutes(5), RULES.total());
        stay = Stay.begin(patient, NOON);
        see(1, Presence.IN_CALL, 2);
        see(50, Presence.WAITING, 2);

        assertThat(see(109, elsewhere, 2).ending()).isEmpty();
        assertThat(see(110, elsewhere, 2).ending().orElseThrow().reason()).isEqualTo("browser_crashed");
    }

    @Test
    void leaves_whenNobodyCame() {
        see(1, Presence.IN_CALL, 0);

        assertThat(see(20, Presence.IN_CALL, 0).ending()).isEmpty();
        assertThat(see(21, Presence.IN_CALL, 0).ending().orElseThrow().status()).isEqualTo("completed");
    }

    @Test
    void leaves_afterItsWholeTime() {
        see(1, Presence.IN_CALL, 1);
        see(599, Presence.IN_CALL, 1);

        assertThat(see(600, Presence.IN_CALL, 1).ending().orElseThrow().reason())
                .isEqualTo("max_bot_time_exceeded");
    }

    @Test
    void leaves_whenAsked_beforeAnythingElse() {
        Stay.Step step = stay.see(new Stay.Sight(NOON.plusSeconds(1_000), Presence.REMOVED, 0, true));

        assertThat(step.ending().orElseThrow().reason()).isEqualTo("stopped");
    }

    private Stay.Step see(int second, Presence presence, int others) {
        Stay.Step step = stay.see(new Stay.Sight(NOON.plusSeconds(second), presence, others, false));
        stay = step.stay();
        step.entered().ifPresent(stage -> statuses.add(stage.status()));
        return step;
    }
}
