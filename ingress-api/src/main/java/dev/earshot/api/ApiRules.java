package dev.earshot.api;

import java.time.Duration;

/**
 * What the API allows, and how long it waits. The constructor throws {@link IllegalArgumentException} with a sentence for
 * people.
 *
 * @param demoPlatform whether bots may be sent to meeting pages on this machine
 * @param privateWebhooks whether users may name webhook addresses that are not of the public Internet
 * @param privateMeetings whether bots may be sent to Jitsi servers that are not of the public Internet
 * @param botAnswerTimeout a meeting whose bot has not said a word after this long has failed
 * @param botStopTimeout a meeting whose bot is still there this long after it was called back is over
 * @param botLostTimeout a meeting whose bot nobody has heard of for this long is over
 * @param requestsPerMinute of one API key at one node; 0 for any number
 * @param adminRequestsPerMinute at one node; 0 for any number
 * @param socketsPerMinute WebSockets that one API key may open at one node; 0 for any number
 */
public record ApiRules(
        boolean demoPlatform,
        boolean privateWebhooks,
        boolean privateMeetings,
        Duration botAnswerTimeout,
        Duration botStopTimeout,
        Duration botLostTimeout,
        int requestsPerMinute,
        int adminRequestsPerMinute,
        int socketsPerMinute) {

    public ApiRules {
        checkPositive("BOT_ANSWER_TIMEOUT", botAnswerTimeout);
        checkPositive("BOT_STOP_TIMEOUT", botStopTimeout);
        checkPositive("BOT_LOST_TIMEOUT", botLostTimeout);
        checkNotNegative("RATE_LIMIT_RPM", requestsPerMinute);
        checkNotNegative("RATE_LIMIT_ADMIN_RPM", adminRequestsPerMinute);
        checkNotNegative("RATE_LIMIT_WS_RPM", socketsPerMinute);
    }

    private static void checkPositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + ": " + duration.toSeconds() + " s (expected: more than 0)");
        }
    }

    private static void checkNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 for no limit, or more)");
        }
    }
}
