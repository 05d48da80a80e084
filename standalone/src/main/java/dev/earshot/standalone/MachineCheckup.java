package dev.earshot.standalone;

import dev.earshot.bot.browser.BrowserException;
import dev.earshot.bot.browser.ChromiumExecutable;
import dev.earshot.standalone.doctor.Checks;
import dev.earshot.standalone.doctor.Finding;
import java.nio.file.Path;
import java.util.List;

/** All that {@code doctor} looks at, in the order in which it matters. */
final class MachineCheckup {

    private MachineCheckup() {}

    static List<Finding> run(Path data, ServerAddresses servers) {
        return List.of(
                Checks.java(),
                Checks.memory(),
                Checks.disk(data),
                browser(),
                Checks.gpu(),
                Checks.port(8056, "the API and the live page", "--port"),
                Checks.port(8057, "administration", "--admin-port"),
                Checks.port(9090, "audio in", "--audio-port"),
                Checks.port(9091, "health and metrics of recognition", "--asr-port"),
                Checks.server("Kafka", servers.kafka(), 9092, "KAFKA_BOOTSTRAP_SERVERS"),
                Checks.server("Registry", servers.registry(), 8081, "SCHEMA_REGISTRY_URL"),
                Checks.server("PostgreSQL", servers.postgres(), 5432, "DATABASE_URL"),
                Checks.server("Redis", servers.redis(), 6379, "REDIS_URL"));
    }

    private static Finding browser() {
        try {
            return new Finding(
                    Finding.Level.GOOD,
                    "Browser",
                    ChromiumExecutable.find(System.getenv("CHROMIUM_PATH")).toString(),
                    "");
        } catch (BrowserException e) {
            return new Finding(Finding.Level.BAD, "Browser", String.valueOf(e.getMessage()), "");
        }
    }
}
