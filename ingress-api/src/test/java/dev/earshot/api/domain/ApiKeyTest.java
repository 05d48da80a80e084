package dev.earshot.api.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    @Test
    void looksAsTheContractSays_andIsNeverTheSameTwice() {
        var chance = new SecureRandom();
        String key = ApiKey.random(Scope.BOT, chance);

        assertThat(key).matches("vxa_bot_[A-Za-z0-9]{32}").isNotEqualTo(ApiKey.random(Scope.BOT, chance));
        assertThat(ApiKey.hash(key)).matches("[0-9a-f]{64}").isEqualTo(ApiKey.hash(key));
    }

    @Test
    void isGoodForWhatItsScopesSay() {
        var bot = new Caller(1, "a@b.example", Set.of("bot"), 1);
        var reader = new Caller(1, "a@b.example", Set.of("tx"), 1);
        var legacy = new Caller(1, "a@b.example", Set.of("legacy"), 1);

        assertThat(bot.mayUse("/bots/status")).isTrue();
        assertThat(bot.mayUse("/meetings/1")).isFalse();
        assertThat(reader.mayUse("/transcripts/zoom/1")).isTrue();
        assertThat(reader.mayUse("/bots")).isFalse();
        assertThat(legacy.mayUse("/bots")).isFalse();
        assertThat(legacy.mayUse("/auth/me")).isTrue();
    }
}
