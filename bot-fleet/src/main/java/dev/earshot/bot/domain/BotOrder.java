package dev.earshot.bot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bot was asked to do.
 *
 * @param meetingId decimal id of the meeting row
 * @param sessionUid UUID of the stay
 * @param platform {@code demo}, {@code jitsi}, …
 * @param meetingUrl the address to open
 * @param botName the name to show
 * @param language ISO 639-1 code; null means detect
 * @param issuedAt when it was asked
 * @param rules how long it waits for what
 */
public record BotOrder(
        String meetingId,
        String sessionUid,
        String platform,
        String meetingUrl,
        String botName,
        @Nullable String language,
        Instant issuedAt,
        StayRules rules) {}
