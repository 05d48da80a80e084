package dev.earshot.bot.app;

import dev.earshot.bot.BotFleet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts a node's bots as {@code bot.sessions} by state. */
public final class FleetGauges {

    private FleetGauges() {}

    public static void register(BotFleet fleet, MeterRegistry meters) {
        for (String state : fleet.botsByStatus().keySet()) {
            Gauge.builder("bot.sessions", () -> fleet.botsByStatus().get(state))
                    .tag("state", state)
                    .description("bots of this node that have come so far")
                    .register(meters);
        }
    }
}
