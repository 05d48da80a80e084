package dev.earshot.api.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.api.ApiRules;
import dev.earshot.api.domain.RateLimitedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void looksAtNoMoreKeys_whereTooManyWereWrong() {
        Guesses guesses = guesses(2);
        guesses.check("a");
        guesses.check("a");
        guesses.check("a");
        guesses.wrong("a");
        guesses.check("a");
        guesses.wrong("a");
        assertThatThrownBy(() -> guesses.check("a")).isInstanceOf(RateLimitedException.class);
        assertThatCode(() -> guesses.check("b")).doesNotThrowAnyException();
    }

    @Test
    void slowsNobody_whereAdministrationIsNotLimited() {
        Guesses guesses = guesses(0);
        for (int i = 0; i < 1000; i++) {
            guesses.wrong("a");
        }
        assertThatCode(() -> guesses.check("a")).doesNotThrowAnyException();
    }

    private static Guesses guesses(int perMinute) {
        return new Guesses(new ApiRules(false, false, false, MINUTE, MINUTE, MINUTE, 0, perMinute, 0));
    }
}
