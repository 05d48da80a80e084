package dev.earshot.bench;

import dev.earshot.bench.bots.BotsRow;
import dev.earshot.bench.bots.BotsRun;
import dev.earshot.eventlog.app.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a bot in a real browser costs. */
@Command(
        name = "bots",
        description = "Processor, memory and space in Kafka that bots take in a meeting of three speakers.",
        mixinStandardHelpOptions = true)
final class BotsCommand implements Callable<Integer> {

    private static final int MOST = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--bots",
            paramLabel = "N",
            defaultValue = "4",
            description = "bots at once (default: ${DEFAULT-VALUE})")
    private int bots;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "2",
            description = "how long it is measured, after 20 s to warm up (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Override
    public Integer call() throws Exception {
        Duration length = Duration.ofMillis(Math.round(minutes * 60_000));
        if (bots < 1 || bots > MOST || length.toSeconds() < 10) {
            throw new IllegalArgumentException("--bots " + bots + " --minutes " + minutes + " (expected: 1.." + MOST
                    + " bots and at least 10 seconds)");
        }
        PrintWriter out = spec.commandLine().getOut();
        BotsRow row;
        try (var ending = Ending.ofThisThread()) {
            row = new BotsRun(bots, length).measure();
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(Machine.describe());
        out.println(BotsRow.HEAD);
        out.println(row.line());
        out.println();
        Results.write("bots", List.of(row.json()), out);
        return 0;
    }
}
