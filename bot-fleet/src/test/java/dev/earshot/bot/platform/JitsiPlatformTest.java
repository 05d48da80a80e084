package dev.earshot.bot.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.StayRules;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JitsiPlatformTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void addressCarriesSettingsAndName_inItsFragment() {
        var order = new BotOrder(
                "1",
                "uid",
                "jitsi",
                "https://meet.example.org/Standup#config.startSilent=true",
                "Notes \"Ann\" & co",
                DecodingOptions.NONE,
                Instant.EPOCH,
                new StayRules(HOUR, HOUR, HOUR, HOUR, HOUR));

        assertThat(new JitsiPlatform().address(order))
                .startsWith("https://meet.example.org/Standup#config.prejoinConfig.enabled=false&")
                .contains("config.p2p.enabled=false")
                .endsWith("&userInfo.displayName=%22Notes%20Ann%20%26%20co%22");
    }

    @Test
    void everyPlatformHasItsScript() {
        for (String name : Platforms.names()) {
            Platform platform = Platforms.named(name).orElseThrow();
            assertThat(dev.earshot.bot.page.CaptureScript.text("binding", platform.script()))
                    .contains("const platform =")
                    .contains("\"binding\":\"binding\"");
        }
    }
}
