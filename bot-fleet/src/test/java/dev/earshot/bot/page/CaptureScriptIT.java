package dev.earshot.bot.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earshot.bot.browser.Chromium;
import dev.earshot.bot.browser.ChromiumExecutable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The capture script in a real Chromium, on a page under a strict policy that sends its sound to the loudspeaker. */
@Timeout(60)
class CaptureScriptIT {

    private static final String POLICY = "default-src 'none'; script-src 'self'; connect-src 'none'; img-src data:;"
            + " require-trusted-types-for 'script'; trusted-types 'none'";
    private static final String PAGE =
            "<!doctype html><title>mix</title><link rel=icon href='data:,'><script src='/page.js'></script>";

    private final List<PageMessage> messages = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", CaptureScriptIT::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void hearsPageThatMixesItsSound_andLosesNothingWhileItIsBusy() {
        listen(Duration.ofSeconds(5));

        assertThat(refused).isEmpty();
        assertThat(of(PageMessage.TrackFound.class)).singleElement().satisfies(found -> assertThat(found.source())
                .isEqualTo("mix"));
        assertThat(of(PageMessage.Beat.class)).hasSizeGreaterThan(2).allSatisfy(beat -> {
            assertThat(beat.unsent()).isZero();
            assertThat(beat.errors()).isEmpty();
        });
        List<PageMessage.Burst> bursts = of(PageMessage.Burst.class);
        for (int i = 0; i < bursts.size(); i++) {
            assertThat(bursts.get(i).sequence()).isEqualTo(i);
            assertThat(bursts.get(i).samples()).hasSize(1_600);
        }
        PageMessage.Burst first = bursts.get(0);
        PageMessage.Burst last = bursts.get(bursts.size() - 1);
        assertThat(Duration.between(first.capturedAt(), last.capturedAt()).toMillis())
                .isCloseTo((bursts.size() - 1) * 100L, within(60L));
        assertThat(bursts).hasSizeGreaterThan(30);
        assertThat(hertz(bursts.subList(5, 15))).isCloseTo(440, within(3.0));
    }

    private void listen(Duration time) {
        try (Chromium browser = Chromium.launch(ChromiumExecutable.find(null), true, List.of(), List.of())) {
            BrowserContext context = browser.newContext();
            context.addInitScript(CaptureScript.text("__test", "demo.js"));
            Page page = context.newPage();
            CDPSession session = context.newCDPSession(page);
            session.on(
                    "Runtime.bindingCalled",
                    call -> PageMessages.read(call.get("payload").getAsString(), messages::add, refused::add));
            session.send("Runtime.enable");
            var binding = new JsonObject();
            binding.addProperty("name", "__test");
            session.send("Runtime.addBinding", binding);
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            page.waitForTimeout(TimeUnit.SECONDS.toMillis(time.toSeconds()));
        }
    }

    private <M extends PageMessage> List<M> of(Class<M> type) {
        return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Frequency of a tone: the median distance between rising zero crossings, placed between samples. A starved machine's
     * sound has holes, which make a few distances longer and leave the median alone.
     */
    private static double hertz(List<PageMessage.Burst> bursts) {
        var distances = new ArrayList<Double>();
        double crossing = Double.NaN;
        short before = 0;
        long position = 0;
        for (PageMessage.Burst burst : bursts) {
            for (short sample : burst.samples()) {
                if (before < 0 && sample >= 0) {
                    double here = position - sample / (double) (sample - before);
                    distances.add(here - crossing);
                    crossing = here;
                }
                before = sample;
                position++;
            }
        }
        distances.removeIf(distance -> distance.isNaN());
        distances.sort(null);
        return 16_000.0 / distances.get(distances.size() / 2);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean script = exchange.getRequestURI().getPath().equals("/page.js");
            byte[] body = script ? script() : PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : "text/html");
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] script() throws IOException {
        try (InputStream in = CaptureScriptIT.class.getResourceAsStream("mixing-page.js")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
