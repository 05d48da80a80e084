package dev.earshot.bot.platform;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.earshot.bot.domain.BotOrder;

/** The demo meeting that {@code ./earshot demo} opens: the whole way through a waiting room, without a real service. */
final class DemoPlatform implements Platform {

    private static final String NAME_FIELD = "Your name";
    private static final String JOIN_BUTTON = "Ask to join";
    private static final String LEAVE_BUTTON = "Leave meeting";
    private static final String CANCEL_BUTTON = "Cancel";
    private static final int CLICK_MILLIS = 2_000;

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String script() {
        return "demo.js";
    }

    @Override
    public String address(BotOrder order) {
        return order.meetingUrl();
    }

    @Override
    public boolean isOfThisMachine() {
        return true;
    }

    @Override
    public void join(Page page, BotOrder order) {
        page.getByLabel(NAME_FIELD).fill(order.botName());
        button(page, JOIN_BUTTON).click();
    }

    @Override
    public void leave(Page page) {
        for (String name : new String[] {LEAVE_BUTTON, CANCEL_BUTTON}) {
            if (button(page, name).isVisible()) {
                button(page, name).click(new Locator.ClickOptions().setTimeout(CLICK_MILLIS));
                return;
            }
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
