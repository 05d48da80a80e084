package dev.earshot.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.earshot.bot.browser.Chromium;
import dev.earshot.bot.browser.ChromiumExecutable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A meeting with synthetic speakers, on this machine only. Guests (bots and people) open {@link #url()}, ask to join and
 * hear one WebRTC audio track per speaker, as from a selective forwarding unit; the speakers begin when the first guest is
 * connected. The host's page runs in a headless browser of its own. Thread-safe.
 */
public final class DemoMeeting implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DemoMeeting.class);

    private static final int START_SECONDS = 30;
    private static final int PUMP_MILLIS = 100;

    /** Guests must be able to reach the host by its address: nothing answers for local names in a container. */
    private static final List<String> DISABLED_FEATURES = List.of("WebRtcHideLocalIpsWithMdns");

    private static final List<String> ARGUMENTS = List.of("--allow-loopback-in-peer-connection");

    private final DemoMeetingConfig config;
    private final Mailboxes mailboxes = new Mailboxes();
    private final CompletableFuture<Void> hostReady = new CompletableFuture<>();
    private final CompletableFuture<Instant> speechStarted = new CompletableFuture<>();
    private final CompletableFuture<Void> speakersFinished = new CompletableFuture<>();
    private final DemoRoom room;
    private final Thread hostThread;
    private volatile boolean closing;

    private DemoMeeting(DemoMeetingConfig config, Path chromium) throws IOException {
        this.config = config;
        this.room = new DemoRoom(config.port(), config.contentSecurityPolicy(), mailboxes, this::onReport);
        this.hostThread = new Thread(() -> host(chromium), "demo-host");
    }

    /**
     * Opens the meeting and returns when it can be joined.
     *
     * @throws IOException when the port is taken
     * @throws dev.earshot.bot.browser.BrowserException when there is no browser for the host
     */
    public static DemoMeeting start(DemoMeetingConfig config) throws IOException {
        Path chromium = ChromiumExecutable.find(config.chromium());
        var meeting = new DemoMeeting(config, chromium);
        meeting.hostThread.setDaemon(true);
        meeting.hostThread.start();
        try {
            meeting.hostReady.get(START_SECONDS, TimeUnit.SECONDS);
            return meeting;
        } catch (ExecutionException | TimeoutException e) {
            meeting.close();
            throw new IOException("the demo meeting's host did not come up: " + e, e);
        } catch (InterruptedException e) {
            meeting.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the demo meeting was starting", e);
        }
    }

    /** The address to join. */
    public String url() {
        return room.url() + "/meet";
    }

    /** What the platform would call the meeting's id. */
    public String roomId() {
        return "demo";
    }

    /** What will be said, in order. */
    public List<SpokenTurn> truth() {
        return DemoScript.turns(config.speakers());
    }

    /** Completes with the wall clock of the first turn's beginning, at the speaker's mouth. */
    public CompletableFuture<Instant> speechStarted() {
        return speechStarted.copy();
    }

    /** Completes when the last turn is over; never when the script loops. */
    public CompletableFuture<Void> speakersFinished() {
        return speakersFinished.copy();
    }

    /** Throws everybody but the speakers out. */
    public void removeGuests() {
        command("remove");
    }

    /** All speakers leave; guests stay. */
    public void speakersLeave() {
        command("depart");
    }

    /** Ends the meeting for everybody. */
    public void end() {
        command("end");
    }

    private void command(String type) {
        mailboxes.send(Mailboxes.HOST, "{\"type\":\"" + type + "\"}");
    }

    private void onReport(JsonNode report) {
        switch (report.path("type").asText()) {
            case "ready" -> hostReady.complete(null);
            case "started" -> {
                Instant at = Instant.ofEpochMilli(Math.round(report.path("at").asDouble()));
                log.info("demo_speech_started at={}", at);
                speechStarted.complete(at);
            }
            case "finished" -> {
                log.info("demo_speech_finished");
                speakersFinished.complete(null);
            }
            default ->
                log.debug("demo_report_unknown type={}", report.path("type").asText());
        }
    }

    /** Owns the host's browser from its start to its end: Playwright belongs to one thread. */
    private void host(Path chromium) {
        try (Chromium browser = Chromium.launch(chromium, true, DISABLED_FEATURES, ARGUMENTS)) {
            Page page = browser.newContext().newPage();
            page.onConsoleMessage(message -> log.debug("demo_host_console text=\"{}\"", message.text()));
            page.navigate(String.format(
                    Locale.ROOT,
                    "%s/host?speakers=%d&loop=%b&admission=%s&admissionDelayMs=%d",
                    room.url(),
                    config.speakers(),
                    config.loop(),
                    config.admission(),
                    config.admissionDelay().toMillis()));
            while (!closing) {
                page.waitForTimeout(PUMP_MILLIS);
            }
        } catch (PlaywrightException e) {
            log.error("demo_host_failed reason=\"{}\"", Chromium.firstLine(e));
            hostReady.completeExceptionally(e);
        } catch (RuntimeException e) {
            hostReady.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            hostThread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        room.close();
    }
}
