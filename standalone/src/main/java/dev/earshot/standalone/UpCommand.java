package dev.earshot.standalone;

import dev.earshot.eventlog.app.Ending;
import dev.earshot.standalone.client.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole product in one process, for good. */
@Command(
        name = "up",
        description = "The whole product in one process; data is kept in a folder.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:EARSHOT_DATA:-.earshot/data}",
            description = "folder in which all data is kept (EARSHOT_DATA)")
    private Path data = Path.of("");

    @Mixin
    private final AllPortOptions ports = new AllPortOptions();

    @Option(
            names = "--demo-platform",
            defaultValue = "${env:DEMO_PLATFORM:-false}",
            description = "whether bots may be sent to meeting pages on this machine (DEMO_PLATFORM)")
    private boolean demoPlatform;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    @Override
    public Integer call() throws Exception {
        var asked = new CountDownLatch(1);
        try (var ending = Ending.onSignal(asked::countDown)) {
            String adminToken = admin.isGiven() ? admin.token() : Secrets.keptIn(data.resolve("admin-token"));
            var config = new StandaloneConfig(data, servers.toAddresses(), ports.toPorts(), adminToken, demoPlatform);
            System.out.println("earshot: starting; data in " + data.toAbsolutePath());
            try (Standalone standalone = Standalone.launch(config)) {
                announce(standalone);
                asked.await();
                System.out.println("earshot: ending");
            }
        }
        return 0;
    }

    private void announce(Standalone standalone) throws java.io.IOException {
        System.out.println();
        System.out.println("  live page   " + standalone.apiUrl() + "/");
        System.out.println("  API         " + standalone.apiUrl() + "/docs");
        System.out.println("  admin       " + standalone.adminUrl() + "/admin   token in "
                + (admin.isGiven()
                        ? "ADMIN_API_TOKEN"
                        : data.resolve("admin-token").toAbsolutePath()));
        System.out.println("  Kafka       " + standalone.bootstrapServers());
        // An outside registry's address may hold a password.
        System.out.println("  registry    " + standalone.schemaRegistryUrl().replaceFirst("//[^/@]*@", "//"));
        Path firstKey = data.resolve("first-key-shown");
        if (!Files.exists(firstKey)) {
            Accounts.Access access = standalone.user("me@earshot.local");
            System.out.println("  API key     " + access.apiKey() + "   (shown this once)");
            Files.createFile(firstKey);
        }
        System.out.println();
        System.out.println("earshot: running; Ctrl-C ends it");
    }
}
