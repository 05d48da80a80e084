package dev.earshot.bot.platform;

import com.microsoft.playwright.Page;
import dev.earshot.bot.domain.BotOrder;

/**
 * A kind of meeting page: how to get in and out. What its page shows (who is there, who speaks, whether we are in) is read
 * by the platform's script inside the page; see {@code roster.js}.
 *
 * <p>Called on the bot's own thread. Stateless. Failures are Playwright's exceptions; the bot turns them into {@code
 * join_failure}.
 */
public interface Platform {

    /** As orders name it: {@code demo}, {@code jitsi}. */
    String name();

    /** Resource of the platform's script, beside {@code capture.js}. */
    String script();

    /** The address to open. */
    String address(BotOrder order);

    /** Whether its pages are on this machine, whatever the network says of them. */
    default boolean isOfThisMachine() {
        return false;
    }

    /** Takes the opened page to the point where it waits for admission or is in. */
    void join(Page page, BotOrder order);

    /** Leaves politely; the page may be anywhere. */
    void leave(Page page);
}
