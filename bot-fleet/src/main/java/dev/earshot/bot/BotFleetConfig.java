package dev.earshot.bot;

import dev.earshot.bot.domain.StayRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node of the fleet works.
 *
 * @param node id of this node, unique among those that run now
 * @param maxBots bots at a time; further orders wait or go to another node
 * @param chromium path of the browser; null looks on the PATH
 * @param headless whether the browser runs without a display
 * @param rules how long a bot waits for what when its order does not say
 * @param claimTimeout a node silent for longer than this is dead; it says that it lives three times as often
 * @param orderPatience an order that nobody took within this time has failed
 * @param browserSilence a page silent for longer than this is hung, and its browser is killed
 * @param mockBots whether a bot named {@code mock:<scenario>} plays that scenario instead of joining a meeting
 * @param privateMeetings whether bots may open pages that are not of the public Internet, besides the demo's
 */
public record BotFleetConfig(
        String node,
        int maxBots,
        @Nullable String chromium,
        boolean headless,
        StayRules rules,
        Duration claimTimeout,
        Duration orderPatience,
        Duration browserSilence,
        boolean mockBots,
        boolean privateMeetings) {

    public BotFleetConfig {
        if (node.isBlank()) {
            throw new IllegalArgumentException("node: blank (expected: an id unique among the running nodes)");
        }
        if (maxBots < 1) {
            throw new IllegalArgumentException("maxBots: " + maxBots + " (expected: at least 1)");
        }
        requireAtLeast(claimTimeout, Duration.ofSeconds(1), "claimTimeout");
        requireAtLeast(orderPatience, Duration.ofSeconds(1), "orderPatience");
        requireAtLeast(browserSilence, Duration.ofSeconds(2), "browserSilence");
    }

    private static void requireAtLeast(Duration duration, Duration least, String name) {
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    name + ": " + duration.toMillis() + " ms (expected: at least " + least.toMillis() + " ms)");
        }
    }
}
