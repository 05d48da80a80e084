package dev.earshot.bot;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.bot.browser.BrowserException;
import dev.earshot.bot.browser.Chromium;
import dev.earshot.bot.browser.ChromiumExecutable;
import dev.earshot.bot.browser.PublicPages;
import dev.earshot.bot.browser.Watchdog;
import dev.earshot.bot.domain.BotOrder;
import dev.earshot.bot.domain.Ending;
import dev.earshot.bot.domain.Presence;
import dev.earshot.bot.domain.Stay;
import dev.earshot.bot.page.CaptureScript;
import dev.earshot.bot.page.PageMessage;
import dev.earshot.bot.page.PageMessages;
import dev.earshot.bot.platform.Platform;
import dev.earshot.bot.platform.Platforms;
import dev.earshot.eventlog.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bot in a real browser.
 *
 * <p>The thread of {@link #run} owns the driver, the browser and the page: their events arrive only while it waits in a call.
 * Whatever goes wrong ends this stay with events that say so, and nothing else.
 */
final class BrowserBot implements Bot {

    private static final Logger log = LoggerFactory.getLogger(BrowserBot.class);

    private static final String BINDING = "__earshot";
    private static final int PUMP_MILLIS = 100;
    /** Until a page speaks for the first time it may take this much longer than its silence may last. */
    private static final Duration LOADING_GRACE = Duration.ofSeconds(40);
    /** Between leaving and closing: the last sound is on its way. */
    private static final int AFTERGLOW_MILLIS = 300;
    /** How long the rest of the sound and the events may take to get into Kafka. */
    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(30);

    private static final Ending CALLED_BACK =
            Ending.completed("stopped", "The bot was asked to leave before it had joined.");

    private final BotOrder order;
    private final BotFleetConfig config;
    private final AudioPublisher publisher;
    private final BotReport report;
    private final ConcurrentLinkedQueue<DecodingOptions> newOptions = new ConcurrentLinkedQueue<>();
    private volatile boolean leaveAsked;
    private volatile @Nullable String refusal;
    private volatile long browserPid = -1;
    private volatile boolean reported;
    private volatile String status = Stay.Stage.JOINING.status();

    private Presence presence = Presence.UNKNOWN;
    private @Nullable CaptureSession session;
    private @Nullable Watchdog watchdog;
    private boolean crashed;
    /** Why the page that it was led to is not to be looked at. */
    private @Nullable String strayed;

    private boolean joined;

    /** The browser while it is on its way into the meeting; guarded by this. */
    private @Nullable Chromium joining;

    BrowserBot(BotOrder order, BotFleetConfig config, EventLog eventLog, AudioPublisher publisher) {
        this.order = order;
        this.config = config;
        this.publisher = publisher;
        this.report = new BotReport(eventLog, order);
    }

    /**
     * One that is still on its way in may hang in a call that waits half a minute for the page: its browser is killed,
     * nobody has heard anything yet.
     */
    @Override
    public synchronized void leave() {
        leaveAsked = true;
        if (joining != null) {
            joining.kill();
        }
    }

    @Override
    public void refuse(String sentence) {
        refusal = sentence;
    }

    @Override
    public void reconfigure(DecodingOptions options) {
        newOptions.add(options);
    }

    @Override
    public long browserPid() {
        return browserPid;
    }

    @Override
    public String status() {
        return status;
    }

    @Override
    public boolean isReported() {
        return reported;
    }

    @Override
    public void run() {
        Ending ending;
        try {
            ending = stay();
        } catch (RuntimeException | StackOverflowError e) {
            log.error("bot_failed session_uid={}", order.sessionUid(), e);
            ending = Ending.failed(
                    session == null ? "join_failure" : "browser_crashed",
                    "The bot failed in a way that we do not know; its node's log says more.");
        }
        finish(ending);
    }

    private Ending stay() {
        if (leaveAsked) {
            return Ending.completed("stopped", "The bot was asked to leave before it started.");
        }
        if (refusal != null) {
            return Ending.failed("join_failure", refusal);
        }
        Optional<Platform> platform = Platforms.named(order.platform());
        if (platform.isEmpty()) {
            return Ending.failed(
                    "join_failure",
                    "Platform " + order.platform() + " cannot be joined (expected: one of " + Platforms.names() + ").");
        }
        if (!order.meetingUrl().matches("https?://[^/]+.*")) {
            return Ending.failed(
                    "join_failure",
                    "Meeting address " + order.meetingUrl() + " cannot be opened (expected: https://…).");
        }
        Optional<String> complaint = complaint(platform.get(), order.meetingUrl());
        if (complaint.isPresent()) {
            return Ending.failed("join_failure", complaint.get());
        }
        report.status(status, null, null);
        try (Chromium browser =
                Chromium.launch(ChromiumExecutable.find(config.chromium()), config.headless(), List.of(), List.of())) {
            browserPid = browser.pid();
            try (Watchdog dog =
                    Watchdog.start(config.browserSilence(), LOADING_GRACE, browser::kill, order.sessionUid())) {
                watchdog = dog;
                return attend(browser, platform.get(), dog);
            }
        } catch (BrowserException e) {
            return Ending.failed("join_failure", String.valueOf(e.getMessage()));
        } finally {
            browserPid = -1;
        }
    }

    private Optional<String> complaint(Platform platform, String url) {
        return platform.isOfThisMachine() || config.privateMeetings() ? Optional.empty() : PublicPages.complaint(url);
    }

    private Ending attend(Chromium browser, Platform platform, Watchdog dog) {
        Stay stay = Stay.begin(order.rules(), Instant.now());
        try {
            Page page = openPage(browser, platform);
            if (onItsWay(browser)) {
                page.navigate(platform.address(order));
                platform.join(page, order);
            }
            if (!arrived()) {
                return CALLED_BACK;
            }
            while (true) {
                // Nothing is dispatched but in here: the page's messages, its crash, its end.
                page.waitForTimeout(PUMP_MILLIS);
                if (crashed) {
                    return crash(stay, dog, "its page crashed");
                }
                applyCommands();
                var sight = new Stay.Sight(Instant.now(), presence, others(), leaveAsked);
                Stay.Step step = stay.see(sight);
                stay = step.stay();
                step.entered().ifPresent(this::enter);
                if (step.ending().isPresent()) {
                    leavePage(page, platform, step.ending().get());
                    return step.ending().get();
                }
            }
        } catch (PlaywrightException e) {
            String whereTo = strayed;
            if (whereTo != null) {
                return Ending.failed("join_failure", "The page led elsewhere. " + whereTo);
            }
            if (!joined && leaveAsked) {
                return CALLED_BACK;
            }
            return joined || dog.fired()
                    ? crash(stay, dog, Chromium.firstLine(e))
                    : Ending.failed("join_failure", "The bot could not join: " + Chromium.firstLine(e));
        }
    }

    /** From here on the browser may be killed to make the bot turn back; false when it need not set out any more. */
    private synchronized boolean onItsWay(Chromium browser) {
        joining = leaveAsked ? null : browser;
        return !leaveAsked;
    }

    /** From here on the bot leaves politely; false when it was called back before. */
    private synchronized boolean arrived() {
        joining = null;
        joined = !leaveAsked;
        return joined;
    }

    private Page openPage(Chromium browser, Platform platform) {
        BrowserContext context = browser.newContext();
        context.addInitScript(CaptureScript.text(BINDING, platform.script()));
        Page page = context.newPage();
        page.onCrash(crashedPage -> crashed = true);
        page.onFrameNavigated(frame -> Optional.of(frame.url())
                .filter(url -> url.startsWith("http"))
                .flatMap(url -> complaint(platform, url))
                .ifPresent(sentence -> {
                    strayed = sentence;
                    browser.kill();
                }));
        CDPSession session = context.newCDPSession(page);
        session.on("Runtime.bindingCalled", this::onBindingCalled);
        session.send("Runtime.enable");
        var binding = new JsonObject();
        binding.addProperty("name", BINDING);
        session.send("Runtime.addBinding", binding);
        return page;
    }

    private void onBindingCalled(JsonObject call) {
        if (BINDING.equals(call.get("name").getAsString())) {
            alive();
            PageMessages.read(
                    call.get("payload").getAsString(),
                    this::on,
                    why -> log.debug("page_line_refused session_uid={} why=\"{}\"", order.sessionUid(), why));
        }
    }

    private void on(PageMessage message) {
        if (message instanceof PageMessage.PresenceSeen seen) {
            presence = seen.presence();
        } else if (message instanceof PageMessage.Beat beat) {
            beat.errors()
                    .forEach(error -> log.warn("page_error session_uid={} error=\"{}\"", order.sessionUid(), error));
        } else if (message instanceof PageMessage.Burst burst) {
            session(burst.capturedAt()).on(burst);
        } else if (message instanceof PageMessage.People people) {
            session(people.at()).on(people);
        } else if (session != null) {
            session.on(message);
        }
    }

    private CaptureSession session(Instant startedAt) {
        if (session == null) {
            var feed = new AudioFeed(order.sessionUid(), this::alive, FLUSH_PATIENCE);
            session = new CaptureSession(order, startedAt, publisher, feed, report);
        }
        return session;
    }

    private void alive() {
        if (watchdog != null) {
            watchdog.alive();
        }
    }

    private int others() {
        return session == null ? 0 : session.others();
    }

    private void enter(Stay.Stage stage) {
        status = stage.status();
        report.status(status, null, null);
        if (stage == Stay.Stage.ACTIVE) {
            session(Instant.now());
        }
    }

    private void applyCommands() {
        for (DecodingOptions options = newOptions.poll(); options != null; options = newOptions.poll()) {
            if (session != null) {
                session.options(options);
            }
        }
    }

    private void leavePage(Page page, Platform platform, Ending ending) {
        if (presence.isEnd()) {
            return;
        }
        if (presence == Presence.IN_CALL) {
            status = STOPPING;
            report.status(status, ending.reason(), null);
        }
        try {
            platform.leave(page);
            page.waitForTimeout(AFTERGLOW_MILLIS);
        } catch (PlaywrightException e) {
            log.warn("leave_failed session_uid={} reason=\"{}\"", order.sessionUid(), Chromium.firstLine(e));
        }
    }

    private Ending crash(Stay stay, Watchdog dog, String why) {
        String detail = dog.fired()
                ? "The browser was killed because its page said nothing for "
                        + config.browserSilence().toSeconds() + " s."
                : "The browser broke down: " + why + ".";
        return Ending.failed(stay.stage() == Stay.Stage.ACTIVE ? "browser_crashed" : "join_failure", detail);
    }

    private void finish(Ending ending) {
        report.ended(session == null ? null : session.close(), ending);
        reported = report.close(FLUSH_PATIENCE);
    }
}
