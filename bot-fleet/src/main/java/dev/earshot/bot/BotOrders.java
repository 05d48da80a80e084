package dev.earshot.bot;

import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.ClaimLedger.Claim;
import dev.earshot.bot.domain.StayRules;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotClaimState;
import dev.earshot.schema.avro.BotCommand;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the topics' records into what the fleet decides with. */
final class BotOrders {

    private BotOrders() {}

    /** A JOIN as an order; what it leaves open is the fleet's default. */
    static BotOrder of(BotCommand command, StayRules defaults) {
        var rules = new StayRules(
                defaults.join(),
                or(command.getMaxWaitForAdmissionMs(), defaults.admission()),
                or(command.getMaxTimeLeftAloneMs(), defaults.alone()),
                or(command.getNoOneJoinedTimeoutMs(), defaults.nobodyCame()),
                or(command.getMaxBotTimeMs(), defaults.total()));
        return new BotOrder(
                command.getMeetingId(),
                command.getSessionUid(),
                Objects.requireNonNullElse(command.getPlatform(), "(none)"),
                Objects.requireNonNullElse(command.getMeetingUrl(), ""),
                Objects.requireNonNullElse(command.getBotName(), "Earshot"),
                options(command),
                command.getIssuedAt(),
                rules);
    }

    /** What a JOIN or a RECONFIGURE asks for. */
    static DecodingOptions options(BotCommand command) {
        return new DecodingOptions(command.getLanguage(), command.getTask());
    }

    /** The order of a bot whose node is gone, as far as its claim tells. */
    static BotOrder abandoned(Claim claim, StayRules rules) {
        return new BotOrder(
                claim.meetingId(),
                claim.sessionUid(),
                "(none)",
                "",
                "",
                DecodingOptions.NONE,
                claim.heartbeatAt(),
                rules);
    }

    static Claim of(BotClaim record) {
        return new Claim(
                record.getMeetingId(),
                record.getSessionUid(),
                record.getNode(),
                record.getEpoch(),
                record.getState() == BotClaimState.RELEASED,
                record.getHeartbeatAt());
    }

    private static Duration or(@Nullable Long millis, Duration otherwise) {
        return millis == null || millis <= 0 ? otherwise : Duration.ofMillis(millis);
    }
}
