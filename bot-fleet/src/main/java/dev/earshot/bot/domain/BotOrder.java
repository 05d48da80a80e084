package dev.earshot.bot.domain;

import dev.earshot.audio.domain.DecodingOptions;
import java.time.Instant;

/**
 * What a bot was asked to do.
 *
 * @param meetingId decimal id of the meeting row
 * @param sessionUid UUID of the stay
 * @param platform {@code demo}, {@code jitsi}, …
 * @param meetingUrl the address to open
 * @param botName the name to show
 * @param options what the user asks for, until the bot is told otherwise
 * @param issuedAt when it was asked
 * @param rules how long it waits for what
 */
public record BotOrder(
        String meetingId,
        String sessionUid,
        String platform,
        String meetingUrl,
        String botName,
        DecodingOptions options,
        Instant issuedAt,
        StayRules rules) {}
