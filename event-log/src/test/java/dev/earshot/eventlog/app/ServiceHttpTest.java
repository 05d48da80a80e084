package dev.earshot.eventlog.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceHttpTest {

    private final AtomicReference<String> trouble = new AtomicReference<>();
    private final ServiceHttp http = ServiceHttp.start(
            "127.0.0.1",
            0,
            "SOME_PORT",
            () -> new ServiceHttp.Health(trouble.get(), Map.of("bots", 3)),
            () -> "bots 3.0\n");

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void healthIs503_whileTheServiceDoesNotWork() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo("{\"status\":\"UP\",\"bots\":3}");

        trouble.set("The bots are away.");

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("\"DOWN\"", "The bots are away.");
    }

    @Test
    void metricsAreAsTheRegistryWroteThem() throws Exception {
        assertThat(get("/metrics").body()).isEqualTo("bots 3.0\n");
    }

    @Test
    void takenPort_isNamedWithItsSetting() {
        assertThatThrownBy(() -> ServiceHttp.start("127.0.0.1", http.port(), "SOME_PORT", () -> null, () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "SOME_PORT: " + http.port() + " on 127.0.0.1 is taken (expected: a free port, or 0 for any)");
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
