package dev.earshot.standalone;

import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.bot.browser.BrowserException;
import dev.earshot.bot.browser.ChromiumExecutable;
import dev.earshot.standalone.doctor.Checks;
import dev.earshot.standalone.doctor.Finding;
import dev.earshot.standalone.doctor.ModelLook;
import java.nio.file.Path;
import java.util.List;

/** All that {@code doctor} looks at, in the order in which it matters. */
final class MachineCheckup {

    private MachineCheckup() {}

    static List<Finding> run(Path data, ServicePorts ports, ServerAddresses servers) {
        return List.of(
                Checks.java(),
                Checks.memory(),
                Checks.disk(data),
                browser(),
                Checks.gpu(),
                model(),
                Checks.port(ports.api(), "the API and the live page", "API_PORT"),
                Checks.port(ports.admin(), "administration", "ADMIN_PORT"),
                Checks.port(ports.audio(), "audio in", "AUDIO_PORT"),
                Checks.port(ports.asr(), "health and metrics of recognition", "ASR_PORT"),
                Checks.server("Kafka", servers.kafka(), 9092, "KAFKA_BOOTSTRAP_SERVERS"),
                Checks.server("Registry", servers.registry(), 8081, "SCHEMA_REGISTRY_URL"),
                Checks.server("PostgreSQL", servers.postgres(), 5432, "DATABASE_URL"),
                Checks.server("Redis", servers.redis(), 6379, "REDIS_URL"));
    }

    private static Finding model() {
        AsrWorkersCommand asr = ServiceSettings.parsed(new AsrWorkersCommand());
        Catalogue catalogue = Catalogue.shipped();
        return new ModelLook(catalogue, asr.modelStore())
                .at(asr.modelWanted(), catalogue.suitable(Recognizers.seesGpu(), Checks.memoryBytes()));
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
