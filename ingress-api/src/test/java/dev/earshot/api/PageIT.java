package dev.earshot.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.earshot.api.TestApi.Account;
import dev.earshot.api.TestApi.Answer;
import dev.earshot.schema.avro.MeetingEventType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in a real browser. Screenshots lie in {@code target/screenshots} afterwards. */
class PageIT {

    private static final int PATIENCE_MS = 90_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static Playwright playwright;
    private static Browser browser;

    private final TestApi api = TestApi.shared();
    private final Account account = api.account(9);
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void openBrowser() {
        setDefaultAssertionTimeout(PATIENCE_MS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    @AfterAll
    static void closeBrowser() {
        playwright.close();
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    @Test
    void showsWordsAsTheyCome_withAStreamTokenAlone() {
        long meeting = api.meeting(account, "standup");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            begin(writer);
            Page page = open(1200, 900, ColorScheme.LIGHT);
            page.navigate(api.url(link(meeting)));
            assertThat(page.locator(".badge")).containsText("Live");
            assertThat(page).hasURL(api.url("/#/meetings/" + meeting));

            writer.live("t0", "Ada Lovelace", List.of(draft(writer, "t0", 0, "the engine might", 2)), List.of());
            assertThat(page.locator(".changing")).hasText(" might");
            assertThat(page.locator(".text")).containsText("the engine might");

            writer.say("t0", "Ada Lovelace", 0, 2100, "The engine might compose music.");
            writer.live("t0", "Ada Lovelace", List.of(), List.of(writer.segmentId("t0", 0)));
            assertThat(page.locator(".text")).containsText("The engine might compose music.");
            assertThat(page.locator(".changing")).hasCount(0);
            assertThat(page.locator("#spoken")).containsText("Ada Lovelace: The engine might compose music.");

            fill(writer);
            writer.gap("t1", 21_000, 22_500, "overload");
            assertThat(page.locator(".gap")).hasText("1.5 s of audio lost (overload)");
            writer.live(
                    "t1",
                    "Bo Diddley",
                    List.of(draft(writer, "t1", 23_000, "and I would rather play it on a", 4)),
                    List.of());
            assertThat(page.locator(".changing")).hasText(" play it on a");
            assertThat(page.locator(".people li")).hasCount(3);
            assertThat(page.locator(".people .speaking bdi")).hasText("Bo Diddley");
            shoot(page, "desktop-light");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            shoot(page, "desktop-dark");
            page.setViewportSize(390, 844);
            shoot(page, "phone-dark");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            shoot(page, "phone-light");

            writer.end();
            assertThat(page.locator(".badge")).hasText("Ended");
            assertThat(page.locator(".end")).containsText("The transcript is complete");
            shoot(page, "phone-ended");
        }
    }

    @Test
    void readsWhatWasSaidAsTextOnly() {
        long meeting = api.meeting(account, "hostile");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            String markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
            writer.say("t0", "<b>Mallory</b>", 0, 900, markup);
            Page page = open(900, 700, ColorScheme.LIGHT);
            page.navigate(api.url(link(meeting)));
            assertThat(page.locator(".text")).hasText(markup);
            assertThat(page.locator(".turn h3 bdi")).hasText("<b>Mallory</b>");
            assertThat(page.locator(".text img, .text script, h3 b")).hasCount(0);
            assertThat(page.title()).doesNotContain("owned");
        }
    }

    @Test
    void comesBackFromWhereItWas_whenTheNetworkWasAway() {
        long meeting = api.meeting(account, "away");
        try (var writer = TranscriptWriter.of(api, meeting);
                var proxy = new CuttingProxy(api.api().port())) {
            begin(writer);
            writer.say("t0", "Ada", 0, 900, "before");
            Page page = open(900, 700, ColorScheme.LIGHT);
            page.navigate(proxy.url(link(meeting)));
            assertThat(page.locator(".text")).hasText("before");
            proxy.cut();
            shoot(page, "reconnecting");
            writer.say("t0", "Ada", 1000, 1900, "after");
            assertThat(page.locator(".text")).hasText("before after");
            assertThat(page.locator(".badge")).containsText("Live");
        }
    }

    @Test
    void signsIn_listsMeetings_andOpensOne() {
        long meeting = api.meeting(account, "list-me");
        api.meeting(account, "another-one");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            begin(writer);
            writer.say("t0", "Ada", 0, 900, "found it");
            Page page = open(1000, 800, ColorScheme.LIGHT);
            page.navigate(api.url("/"));
            shoot(page, "sign-in");
            page.locator("#key").fill("vxa_tx_wrong");
            page.locator("form button").click();
            assertThat(page.locator(".problem")).hasText("Invalid API key");
            page.locator("#key").fill(account.key());
            page.locator("form button").click();
            assertThat(page.locator(".meetings li")).hasCount(2);
            shoot(page, "meetings");
            page.setViewportSize(390, 844);
            shoot(page, "phone-meetings");
            page.locator("#link").fill("https://example.com/nowhere");
            page.locator(".send button").click();
            assertThat(page.locator(".problem")).containsText("no link of a supported platform");
            page.locator(".meetings a", new Page.LocatorOptions().setHasText("list-me"))
                    .click();
            assertThat(page.locator(".text")).hasText("found it");
            page.locator(".head .danger").click();
            await().until(() -> api.get(account, "/meetings/" + meeting)
                    .body()
                    .path("status")
                    .asString()
                    .equals("stopping"));
            assertThat(page.locator("#sign-out")).isHidden();
            page.locator(".back").click();
            page.locator("#sign-out").click();
            assertThat(page.locator("#key")).isVisible();
        }
    }

    @Test
    void saysInASentence_whatIsNotThere() {
        try (var proxy = new CuttingProxy(api.api().port())) {
            Page page = open(390, 844, ColorScheme.LIGHT);
            page.navigate(proxy.url("/"));
            page.navigate(proxy.url("/#/meetings/1?token=%E0%A4%A"));
            assertThat(page.locator(".waiting .lead")).containsText("This link has expired");
            page.evaluate("sessionStorage.clear()");
            page.navigate(proxy.url("/"));
            page.locator("#key").fill("ключ от всех дверей");
            page.locator("form button").click();
            assertThat(page.locator(".problem")).containsText("That is no API key");
            page.locator("#key").fill("vxa_tx_wrong");
            page.locator("form button").click();
            assertThat(page.locator(".problem")).hasText("Invalid API key");
            shoot(page, "wrong-key");
            page.locator("#key").fill(api.account(1).key());
            page.locator("form button").click();
            assertThat(page.locator("#view > .note")).containsText("No meetings yet");
            shoot(page, "no-meetings");
            page.locator("#link").fill("https://meet.google.com/abc-defg-hij");
            page.locator(".send summary").click();
            page.locator("#language").fill("1!");
            page.locator(".send summary").click();
            page.locator(".send button").click();
            assertThat(page.locator("#language")).isFocused();
            page.locator("#language").fill("zz");
            page.locator(".send button").click();
            assertThat(page.locator(".send .problem")).containsText("Invalid language code 'zz'");
            page.locator("#link").fill("javascript:alert(1)");
            page.locator(".send button").click();
            assertThat(page.locator(".send .problem")).containsText("no link of a supported platform");
            page.evaluate("location.hash = '#/meetings/999999999'");
            assertThat(page.locator(".waiting .lead")).hasText("Meeting not found");
            shoot(page, "no-such-meeting");
            page.locator(".back").click();
            assertThat(page.locator("#view > .note")).containsText("No meetings yet");
            proxy.close();
            assertThat(page.locator("#view > .note")).hasText("The server cannot be reached.");
            shoot(page, "server-gone");
        }
    }

    @Test
    void sendsABot_andCallsItBackFromTheList() {
        Page page = signedIn();
        page.locator("#link").fill("https://meet.google.com/abc-defg-hij");
        page.locator(".send summary").click();
        page.locator("#bot-name").fill("Note taker");
        page.locator("#language").fill("en");
        page.locator(".send button").click();
        assertThat(page.locator("h1")).hasText("abc-defg-hij");
        assertThat(page.locator(".waiting .lead")).hasText("The bot is on its way");
        shoot(page, "waiting");
        page.locator(".back").click();
        assertThat(page.locator(".pill")).hasText("Requested");
        page.locator(".meetings .danger").click();
        await().until(() -> api.get(account, "/meetings?limit=1")
                .body()
                .path("meetings")
                .get(0)
                .path("data")
                .path("stop_requested")
                .asBoolean(false));
        Answer meeting = api.get(account, "/meetings?limit=1");
        assertThat(meeting.body()
                        .path("meetings")
                        .get(0)
                        .path("data")
                        .path("bot_name")
                        .asString())
                .isEqualTo("Note taker");
    }

    @Test
    void findsWords_andExportsWhatIsForGood() throws IOException {
        long meeting = api.meeting(account, "find-me");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            begin(writer);
            writer.say("t0", "Ada <Lovelace>", 0, 1_500, "The loom weaves & weaves.");
            writer.say("t1", "Bo", 2_000, 3_250, "Weaves what?");
            writer.live("t0", "Ada <Lovelace>", List.of(draft(writer, "t0", 4_000, "it may we", 1)), List.of());
            Page page = open(1200, 900, ColorScheme.LIGHT);
            page.navigate(api.url(link(meeting)));
            assertThat(page.locator(".changing")).hasText(" may we");
            page.keyboard().press("/");
            page.keyboard().type("weaves");
            assertThat(page.locator(".found")).hasText("3 of 3");
            page.keyboard().press("Enter");
            assertThat(page.locator(".found")).hasText("1 of 3");
            assertThat(page.evaluate("[...CSS.highlights.get('found-now')].map(String)"))
                    .isEqualTo(List.of("weaves"));
            shoot(page, "search");
            page.locator("#find").fill("nowhere");
            assertThat(page.locator(".found")).hasText("nothing found");

            assertThat(exported(page, "vtt"))
                    .isEqualTo("WEBVTT\n\n" + writer.segmentId("t0", 0) + "\n00:00:00.000 --> 00:00:01.500\n"
                            + "<v Ada &lt;Lovelace&gt;>The loom weaves &amp; weaves.\n\n"
                            + writer.segmentId("t1", 2_000) + "\n00:00:02.000 --> 00:00:03.250\n<v Bo>Weaves what?\n");
            assertThat(exported(page, "txt"))
                    .isEqualTo("[00:00:00.000] Ada <Lovelace>: The loom weaves & weaves.\n"
                            + "[00:00:02.000] Bo: Weaves what?\n");
            assertThat(exported(page, "srt")).contains("2\n00:00:02,000 --> 00:00:03,250\nBo: Weaves what?\n");
            assertThat(TestApi.JSON
                            .readTree(exported(page, "json"))
                            .path("segments")
                            .get(1)
                            .path("segment_id")
                            .asString())
                    .isEqualTo(writer.segmentId("t1", 2_000));
        }
    }

    @Test
    void goesEverywhereByKeyboard() {
        long meeting = api.meeting(account, "by-keyboard");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            // Of a bot that says nothing while a browser comes up, the API would think the worst.
            writer.event(MeetingEventType.STATUS_CHANGED, "joining", null);
            Page page = signedIn();
            Locator link = page.locator(".meetings a");
            link.focus();
            begin(writer);
            // Drawn anew, since the meeting has begun.
            assertThat(page.locator(".pill")).hasText("In the meeting");
            assertThat(link).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator(".badge")).hasText("Live");
            page.keyboard().press("/");
            writer.say("t0", "Ada", 0, 900, "found by hand");
            assertThat(page.locator("search")).isVisible();
            page.keyboard().press("/");
            page.keyboard().type("hand");
            assertThat(page.locator(".found")).hasText("1 of 1");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator(".menu")).isVisible();
            shoot(page, "menu");
            page.keyboard().press("Tab");
            page.keyboard().press("Escape");
            assertThat(page.locator(".menu")).isHidden();
            assertThat(page.locator(".exports summary")).isFocused();
            page.keyboard().press("Enter");
            page.locator("#find").focus();
            assertThat(page.locator(".menu")).isHidden();
            page.locator(".skip").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#view")).isFocused();
            assertThat(page).hasURL(api.url("/#/meetings/" + meeting));
        }
    }

    @Test
    void remembersHowItsReaderLikesToRead() {
        Page page = signedIn();
        page.locator("#theme").click();
        page.locator("#text-size").click();
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("html")).hasAttribute("data-size", "large");
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }

    @Test
    void marksLostAudioOnce_whenSeveralVoicesLoseTheSameMoment() {
        long meeting = api.meeting(account, "gaps");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            begin(writer);
            writer.say("t0", "Ada", 0, 900, "before");
            writer.gap("t0", 1_000, 1_120, "capture_lost");
            writer.gap("t1", 1_000, 1_120, "capture_lost");
            writer.gap("t1", 1_500, 1_540, "capture_lost");
            Page page = open(900, 700, ColorScheme.LIGHT);
            page.navigate(api.url(link(meeting)));
            assertThat(page.locator(".gap")).hasText("160 ms of audio lost on 2 tracks (capture lost)");
            writer.say("t0", "Ada", 2_000, 2_900, "after");
            writer.gap("t0", 3_000, 5_000, "overload");
            assertThat(page.locator(".gap")).hasCount(2);
            assertThat(page.locator(".gap").last()).hasText("2.0 s of audio lost (overload)");
            // Said before what was lost, and known only now.
            writer.say("t2", "Bo", 1_200, 1_400, "between");
            assertThat(page.locator(".gap").first()).hasText("120 ms of audio lost on 2 tracks (capture lost)");
            shoot(page, "gaps");
        }
    }

    @Test
    void showsTheDocumentation_underItsPolicy() {
        Page page = open(1200, 900, ColorScheme.LIGHT);
        page.navigate(api.url("/docs"));
        assertThat(page.locator(".info .title")).containsText("Earshot");
        assertThat(page.locator(".opblock")).not().hasCount(0);
        shoot(page, "docs");
    }

    @Test
    void letsTheReaderScrollBack_andJumpToLive() {
        long meeting = api.meeting(account, "long");
        try (var writer = TranscriptWriter.of(api, meeting)) {
            begin(writer);
            for (int i = 0; i < 40; i++) {
                writer.say("t" + i % 2, i % 2 == 0 ? "Ada" : "Bo", i * 1_000L, i * 1_000L + 900, "sentence " + i);
            }
            Page page = open(390, 700, ColorScheme.LIGHT);
            page.navigate(api.url(link(meeting)));
            assertThat(page.locator(".turn").last()).isInViewport();
            page.evaluate("window.scrollTo(0, 0)");
            assertThat(page.locator("#jump")).isVisible();
            writer.say("t0", "Ada", 41_000, 41_900, "one more");
            assertThat(page.locator(".turn").first()).isInViewport();
            assertThat(page.locator(".turn").last()).containsText("one more");
            assertThat(page.locator("#jump")).hasText("1 new · Jump to live");
            shoot(page, "phone-scrolled-back");
            page.locator("#jump").click();
            assertThat(page.locator(".turn").last()).isInViewport();
            assertThat(page.locator("#jump")).isHidden();
        }
    }

    private Page signedIn() {
        Page page = open(1000, 800, ColorScheme.LIGHT);
        page.navigate(api.url("/"));
        page.locator("#key").fill(account.key());
        page.locator("form button").click();
        assertThat(page.locator("#link")).isVisible();
        return page;
    }

    private static String exported(Page page, String format) throws IOException {
        page.locator(".exports summary").click();
        Download download = page.waitForDownload(
                () -> page.locator(".menu button[data-format=" + format + "]").click());
        assertThat(download.suggestedFilename()).isEqualTo("find-me." + format);
        return Files.readString(download.path());
    }

    private void fill(TranscriptWriter writer) {
        String[] lines = {
            "I thought it only did arithmetic.",
            "It weaves algebraic patterns just as the loom weaves flowers and leaves.",
            "So could it write us a twelve bar blues, if somebody gave it the notes?",
            "If the relations of pitched sounds can be expressed, then yes, of any degree of complexity.",
            "Grace will want to see the compiler for that before anybody signs anything.",
            "She has found a moth in it already."
        };
        String[] speakers = {"Bo Diddley", "Ada Lovelace", "Bo Diddley", "Ada Lovelace", "Grace Hopper", "Grace Hopper"
        };
        for (int i = 0; i < lines.length; i++) {
            long start = 3_000L + i * 3_000L;
            writer.say("t" + Math.abs(speakers[i].hashCode() % 7), speakers[i], start, start + 2_800, lines[i]);
        }
    }

    private static dev.earshot.schema.avro.LiveSegment draft(
            TranscriptWriter writer, String track, long startMs, String text, int stableWords) {
        return dev.earshot.schema.avro.LiveSegment.newBuilder(writer.text(track, startMs, startMs + 1_000, text, false))
                .setStablePrefixWords(stableWords)
                .build();
    }

    private void begin(TranscriptWriter writer) {
        writer.begin();
        writer.status("active", null);
    }

    private String link(long meeting) {
        return api.post(account, "/meetings/" + meeting + "/stream-token", "")
                .body()
                .path("url")
                .asString();
    }

    private Page open(int width, int height, ColorScheme scheme) {
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // What the network could not bring is told by the page itself.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static Path chromium() {
        Optional<String> named = Optional.ofNullable(System.getenv("CHROMIUM_PATH"));
        return named.map(Path::of)
                .or(() -> Arrays.stream(
                                Objects.requireNonNull(System.getenv("PATH")).split(File.pathSeparator))
                        .flatMap(dir -> java.util.stream.Stream.of("chromium", "chromium-browser", "google-chrome")
                                .map(name -> Path.of(dir, name)))
                        .filter(Files::isExecutable)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException(
                        "no Chromium on the PATH: install it (apt-get install chromium) or set CHROMIUM_PATH"));
    }
}
