package dev.earshot.bench;

import dev.earshot.bench.latency.LatencyRow;
import dev.earshot.bench.latency.LatencyRun;
import dev.earshot.eventlog.app.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a spoken word to its text on a client. */
@Command(
        name = "latency",
        description = "From a spoken word to its text on a client, with so many tracks at once.",
        mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {

    private static final List<Integer> USUAL = List.of(1, 10, 50);

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--tracks",
            paramLabel = "N",
            split = ",",
            description = "tracks at once; several numbers, several rows (default: 1,10,50)")
    private List<Integer> tracks = USUAL;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "1",
            description = "how long each row is measured, after 15 s to warm up (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Override
    public Integer call() throws Exception {
        Duration length = Duration.ofMillis(Math.round(minutes * 60_000));
        if (tracks.stream().anyMatch(n -> n < 1 || n > 10_000) || length.toSeconds() < 10) {
            throw new IllegalArgumentException("--tracks " + tracks + " --minutes " + minutes
                    + " (expected: 1..10000 tracks and at least 10 seconds)");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<LatencyRow> rows = new ArrayList<>();
        try (var ending = Ending.ofThisThread();
                Product product = Product.start(WorkerStage.settings())) {
            for (int n : tracks) {
                rows.add(new LatencyRun(product, n, length).measure());
            }
            out.println(Machine.describe() + ", model " + product.model());
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(LatencyRow.HEAD);
        rows.forEach(row -> out.println(row.line()));
        out.println();
        Results.write("latency", rows.stream().map(LatencyRow::json).toList(), out);
        return 0;
    }
}
