package dev.earshot.bot.browser;

import com.google.gson.JsonElement;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One Chromium with its own driver process, so that a crash takes nobody else along.
 *
 * <p>Belongs to the thread that launched it, as everything of Playwright does: events arrive only while that thread is
 * inside a call. The exception is {@link #kill}, which any thread may use when that thread hangs in a call.
 */
public final class Chromium implements AutoCloseable {

    /**
     * A browser of one page needs no process of its own for graphics and network. For sound it does: without one, a busy
     * machine loses up to a tenth of the audio (seen on two cores under load: 91 to 97 % captured instead of 99.6 to 99.9 %).
     */
    private static final List<String> ARGUMENTS = List.of(
            "--in-process-gpu",
            "--enable-features=NetworkServiceInProcess2",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-US",
            "--autoplay-policy=no-user-gesture-required");

    /** Playwright's own list, which our switch replaces. */
    private static final List<String> DISABLED_FEATURES = List.of(
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "BoundaryEventDispatchTracksNodeRemoval",
            "DestroyProfileOnBrowserClose",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "HttpsUpgrades",
            "LensOverlay",
            "MediaRouter",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "BlockOriginHeaderModificationOnRedirect",
            "Translate",
            "AutoDeElevate",
            "OptimizationHints");

    /** Renderers for an address bar that nobody types into, and for a site to come: 60 MB of each browser. */
    private static final List<String> SPARE_RENDERERS = List.of(
            "SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup");

    private static final int CLOSE_SECONDS = 10;

    private final Playwright playwright;
    private final Browser browser;
    private final ProcessHandle process;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
        this.process = ProcessHandle.of(browserPid(browser))
                .orElseThrow(() -> new BrowserException("the browser ended while it started"));
    }

    /**
     * Starts a browser. Blocking, about two seconds the first time.
     *
     * @param executable see {@link ChromiumExecutable}
     * @param disabledFeatures features of Chromium to switch off besides the usual ones
     * @param moreArguments command line switches besides the usual ones
     */
    public static Chromium launch(
            Path executable, boolean headless, List<String> disabledFeatures, List<String> moreArguments) {
        Playwright playwright = PlaywrightDriver.create();
        try {
            List<String> arguments = new ArrayList<>(ARGUMENTS);
            arguments.addAll(moreArguments);
            List<String> features = new ArrayList<>(DISABLED_FEATURES);
            features.addAll(SPARE_RENDERERS);
            features.addAll(disabledFeatures);
            arguments.add("--disable-features=" + String.join(",", features));
            var options = new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(headless)
                    // Chromium refuses its sandbox to root; anybody else keeps it.
                    .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                    .setArgs(arguments)
                    // We leave the meeting before the browser goes: Playwright must not close it on a signal.
                    .setHandleSIGINT(false)
                    .setHandleSIGTERM(false)
                    .setHandleSIGHUP(false);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException e) {
            playwright.close();
            throw new BrowserException("the browser " + executable + " does not start: " + firstLine(e), e);
        } catch (BrowserException e) {
            playwright.close();
            throw e;
        }
    }

    /** A fresh profile that lives until the browser is closed. Its language is English, as our selectors expect. */
    public BrowserContext newContext() {
        return browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 720)
                .setLocale("en-US")
                .setAcceptDownloads(false));
    }

    /** Process id of the browser's main process. */
    public long pid() {
        return process.pid();
    }

    public boolean isConnected() {
        return browser.isConnected();
    }

    /** Kills the browser's process from any thread; a call that hangs in it then fails within milliseconds. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Closes browser and driver; what is dead already is no error. */
    @Override
    public void close() {
        // A browser that hangs does not close either; killing one that has ended does nothing.
        CompletableFuture.delayedExecutor(CLOSE_SECONDS, TimeUnit.SECONDS).execute(this::kill);
        try {
            browser.close();
        } catch (PlaywrightException e) {
            kill();
        }
        try {
            playwright.close();
        } catch (PlaywrightException e) {
            // The driver process is gone, which is what we wanted.
        }
    }

    /** The first line of Playwright's message that says something: the rest is its call log. */
    public static String firstLine(PlaywrightException failure) {
        return Optional.ofNullable(failure.getMessage()).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("Error {"))
                .map(line -> line.startsWith("message='") ? line.substring("message='".length()) : line)
                .findFirst()
                .orElse("no reason given");
    }

    private static long browserPid(Browser browser) {
        var session = browser.newBrowserCDPSession();
        try {
            for (JsonElement process : session.send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
                if (process.getAsJsonObject().get("type").getAsString().equals("browser")) {
                    return process.getAsJsonObject().get("id").getAsLong();
                }
            }
        } finally {
            session.detach();
        }
        throw new BrowserException("the browser does not tell its process id");
    }
}
