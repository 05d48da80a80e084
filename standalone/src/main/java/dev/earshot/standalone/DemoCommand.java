package dev.earshot.standalone;

import dev.earshot.standalone.demo.DemoMeetingConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The first thing a newcomer runs: from nothing to a live transcript. */
@Command(
        name = "demo",
        description = "A meeting of synthetic speakers, a bot in a real browser, and its transcript on your screen.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--once", description = "end with the meeting and print what was measured")
    private boolean once;

    @Mixin
    private final PortOptions ports = new PortOptions();

    @Option(names = "--speakers", paramLabel = "N", defaultValue = "3", description = "how many speak, 1 to 3")
    private int speakers;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "keep the data in this folder; without it, it is thrown away at the end")
    private @Nullable Path data;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Override
    public Integer call() throws Exception {
        var meeting = DemoMeetingConfig.defaults().withSpeakers(speakers).withChromium(System.getenv("CHROMIUM_PATH"));
        String adminToken = admin.isGiven() ? admin.token() : Secrets.random();
        var config = new StandaloneConfig(data, ServerAddresses.NONE, ports.toPorts(), adminToken, true);
        return new Demo(config, meeting, once).run();
    }
}
