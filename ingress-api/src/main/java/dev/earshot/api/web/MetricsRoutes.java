package dev.earshot.api.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Prometheus reads, on the port of administration only. */
@Hidden
@RestController
final class MetricsRoutes {

    private final PrometheusMeterRegistry metrics;

    MetricsRoutes(PrometheusMeterRegistry metrics) {
        this.metrics = metrics;
    }

    @GetMapping(path = "/metrics", produces = MediaType.TEXT_PLAIN_VALUE)
    String scrape() {
        return metrics.scrape();
    }
}
