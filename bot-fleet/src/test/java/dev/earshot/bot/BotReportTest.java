package dev.earshot.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bot.domain.ClaimLedger.Claim;
import dev.earshot.bot.domain.StayRules;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a report says about itself when there is no broker: nothing listens on port 1. */
class BotReportTest {

    private final EventLog nobody =
            EventLog.open(EventLogConfig.of("127.0.0.1:1", "http://127.0.0.1:1", "bot-report-test"), Topics.defaults());
    private final BotReport report = new BotReport(
            nobody, BotOrders.abandoned(new Claim("1", "s", "n", 0, false, Instant.EPOCH), StayRules.DEFAULTS));

    @AfterEach
    void close() {
        nobody.close();
    }

    @Test
    void eventThatNobodyTook_makesItUnfinished() {
        report.status("completed", "stopped", null);

        assertThat(report.close(Duration.ofMillis(300))).isFalse();
    }

    @Test
    void nothingToTell_isAllTaken() {
        assertThat(report.close(Duration.ofSeconds(5))).isTrue();
    }
}
