package dev.earshot.bot.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.bot.BotFleet;
import dev.earshot.bot.BotFleetConfig;
import dev.earshot.bot.domain.StayRules;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FleetHttpIT {

    @Test
    void tellsHowTheNodeIs() throws Exception {
        LocalStack stack = LocalStack.shared();
        var config = new BotFleetConfig(
                "node-of-http-it",
                5,
                null,
                true,
                StayRules.DEFAULTS,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                false,
                false);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (EventLog log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "http-it"), Topics.defaults())) {
            log.createTopics();
            try (BotFleet fleet = BotFleet.launch(config, log);
                    FleetHttp http = FleetHttp.start("127.0.0.1", 0, fleet, config, meters)) {
                assertThat(get(http, "/health"))
                        .contains("\"status\":\"UP\"", "\"node\":\"node-of-http-it\"", "\"max_bots\":5");
                assertThat(get(http, "/metrics"))
                        .contains("bot_sessions{state=\"active\"} 0", "bot_sessions{state=\"awaiting_admission\"} 0");
            }
        }
    }

    private static String get(FleetHttp http, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
