package dev.earshot.bot.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bot.domain.StayRules;
import dev.earshot.bot.mock.MockStay.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every scenario from its first look to its last, on a clock that only this test moves. */
class MockStayTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Instant now = NOON;

    @ParameterizedTest
    @CsvSource({
        "normal, awaiting_admission active 1 2 3 completed(left_alone)",
        "emit-n-segments, awaiting_admission active 1 2 3 4 5 6 7 8 9 10 11 12 completed(left_alone)",
        "slow-join, awaiting_admission active 1 2 3 completed(left_alone)",
        "recording, awaiting_admission active 1 2 3 completed(left_alone)",
        "join-timeout, awaiting_admission failed(awaiting_admission_timeout)",
        "reject, awaiting_admission failed(awaiting_admission_rejected)",
        "crash, awaiting_admission active 1 crashed",
        "silence-left-alone, awaiting_admission active leaves(left_alone) completed(left_alone)"
    })
    void endsByItself(String scenario, String expected) {
        var stay = new MockStay(named(scenario), StayRules.DEFAULTS, NOON);

        assertThat(lookUntil(stay, NOON.plus(PATIENCE), false)).hasToString(listed(expected));
        assertThat(Duration.between(NOON, now)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "immediate-stop, awaiting_admission active",
        "speak-ack, awaiting_admission active",
        "continue, awaiting_admission active 1 2 3"
    })
    void staysUntilItIsCalledBack(String scenario, String expected) {
        var stay = new MockStay(named(scenario), StayRules.DEFAULTS, NOON);

        assertThat(lookUntil(stay, NOON.plusMillis(2_200), false)).hasToString(listed(expected));
        assertThat(lookUntil(stay, NOON.plus(PATIENCE), true))
                .hasToString(listed("leaves(stopped) completed(stopped)"));
    }

    @Test
    void admitsLater_whenJoiningIsSlow() {
        var stay = new MockStay(MockScenario.SLOW_JOIN, StayRules.DEFAULTS, NOON);

        assertThat(lookUntil(stay, NOON.plusMillis(2_900), false)).containsExactly("awaiting_admission");
    }

    @Test
    void givesUpAsEarlyAsItsOrderSays() {
        var rules = new StayRules(
                Duration.ofSeconds(90),
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                Duration.ofMinutes(2),
                Duration.ofHours(2));
        var stay = new MockStay(MockScenario.JOIN_TIMEOUT, rules, NOON);

        assertThat(lookUntil(stay, NOON.plusMillis(1_500), false))
                .containsExactly("awaiting_admission", "failed(awaiting_admission_timeout)");
    }

    @Test
    void everyScenarioHasAName_andOtherNamesHaveNone() {
        assertThat(Stream.of(MockScenario.values()).map(each -> MockScenario.of("mock:" + each.wire())))
                .allSatisfy(found -> assertThat(found).isPresent());
        assertThat(MockScenario.of("mock:")).isEmpty();
        assertThat(MockScenario.of("mock:Normal")).isEmpty();
        assertThat(MockScenario.isNamedBy("mockingbird")).isFalse();
    }

    private static MockScenario named(String scenario) {
        return MockScenario.of("mock:" + scenario).orElseThrow();
    }

    private static String listed(String words) {
        return List.of(words.split(" ")).toString();
    }

    /** Looks as a bot does, up to a moment or the end. */
    private List<String> lookUntil(MockStay stay, Instant end, boolean leaveAsked) {
        var seen = new ArrayList<String>();
        while (now.isBefore(end)) {
            now = now.plus(LOOK);
            for (Happening happening : stay.look(now, leaveAsked)) {
                seen.add(words(happening));
                if (happening instanceof Happening.Ended || happening instanceof Happening.Crashed) {
                    return seen;
                }
            }
        }
        return seen;
    }

    private static String words(Happening happening) {
        if (happening instanceof Happening.Entered entered) {
            return entered.stage().status();
        } else if (happening instanceof Happening.Said said) {
            return Integer.toString(said.number());
        } else if (happening instanceof Happening.Leaves leaves) {
            return "leaves(" + leaves.reason() + ")";
        } else if (happening instanceof Happening.Ended ended) {
            return ended.ending().status() + "(" + ended.ending().reason() + ")";
        }
        return "crashed";
    }
}
