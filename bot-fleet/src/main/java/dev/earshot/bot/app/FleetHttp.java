package dev.earshot.bot.app;

import dev.earshot.bot.BotFleet;
import dev.earshot.bot.BotFleetConfig;
import dev.earshot.eventlog.app.ServiceHttp;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** {@code GET /health} (503 while the node does not look after its claims) and {@code GET /metrics} of a node. */
final class FleetHttp implements AutoCloseable {

    private final ServiceHttp server;

    private FleetHttp(ServiceHttp server) {
        this.server = server;
    }

    /**
     * Begins to serve, and counts the bots.
     *
     * @throws IllegalArgumentException with a sentence when the port is taken
     */
    static FleetHttp start(
            String host, int port, BotFleet fleet, BotFleetConfig config, PrometheusMeterRegistry meters) {
        FleetGauges.register(fleet, meters);
        return new FleetHttp(ServiceHttp.start(host, port, "BOT_PORT", () -> health(fleet, config), meters::scrape));
    }

    /** The port served, which is another than asked for when that was 0. */
    int port() {
        return server.port();
    }

    private static ServiceHttp.Health health(BotFleet fleet, BotFleetConfig config) {
        return new ServiceHttp.Health(
                fleet.trouble().orElse(null),
                Map.of("node", config.node(), "bots", fleet.bots(), "max_bots", config.maxBots()));
    }

    @Override
    public void close() {
        server.close();
    }
}
