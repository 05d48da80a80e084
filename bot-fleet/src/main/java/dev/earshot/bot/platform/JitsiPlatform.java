package dev.earshot.bot.platform;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.earshot.bot.domain.BotOrder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Jitsi Meet, hosted anywhere.
 *
 * <p>Written from Jitsi's own page objects and configuration allow-list. <b>It was not run against a live server</b>: the
 * selectors below and in {@code jitsi.js} may need correction. Source: jitsi-meet, {@code tests/pageobjects}.
 */
final class JitsiPlatform implements Platform {

    private static final String PREJOIN_NAME = "#premeeting-name-input";
    private static final String PREJOIN_BUTTON = "[data-testid=\"prejoin.joinMeeting\"]";
    private static final String LOBBY_NAME = "[data-testid=\"lobby.nameField\"]";
    private static final String LOBBY_BUTTON = "[data-testid=\"lobby.knockButton\"]";
    private static final String LEAVE_BUTTON = "[aria-label=\"Leave the meeting\"]";
    private static final String LOADED = "() => window.APP?.conference?.isJoined?.()" + " || document.querySelector('"
            + PREJOIN_NAME + ", .lobby-screen') !== null";
    private static final int CLICK_MILLIS = 2_000;

    /** Without peer-to-peer the track of a participant stays the same when a third one comes. */
    private static final String SETTINGS = String.join(
            "&",
            "config.prejoinConfig.enabled=false",
            "config.startWithAudioMuted=true",
            "config.startWithVideoMuted=true",
            "config.startAudioOnly=true",
            "config.disableInitialGUM=true",
            "config.p2p.enabled=false",
            "config.disableDeepLinking=true");

    @Override
    public String name() {
        return "jitsi";
    }

    @Override
    public String script() {
        return "jitsi.js";
    }

    @Override
    public String address(BotOrder order) {
        String quotedName = '"' + order.botName().replace("\\", "").replace("\"", "") + '"';
        String encoded = URLEncoder.encode(quotedName, StandardCharsets.UTF_8).replace("+", "%20");
        String url = order.meetingUrl();
        int fragment = url.indexOf('#');
        return (fragment < 0 ? url : url.substring(0, fragment)) + "#" + SETTINGS + "&userInfo.displayName=" + encoded;
    }

    @Override
    public void join(Page page, BotOrder order) {
        page.waitForFunction(LOADED);
        Locator prejoin = page.locator(PREJOIN_NAME);
        if (prejoin.isVisible()) {
            prejoin.fill(order.botName());
            page.locator(PREJOIN_BUTTON).click();
        }
        Locator knock = page.locator(LOBBY_BUTTON);
        if (knock.isVisible()) {
            Locator name = page.locator(LOBBY_NAME);
            if (name.isVisible()) {
                name.fill(order.botName());
            }
            knock.click();
        }
    }

    @Override
    public void leave(Page page) {
        Locator leave = page.locator(LEAVE_BUTTON);
        if (leave.isVisible()) {
            leave.click(new Locator.ClickOptions().setTimeout(CLICK_MILLIS));
        }
    }
}
