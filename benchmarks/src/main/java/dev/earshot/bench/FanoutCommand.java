package dev.earshot.bench;

import dev.earshot.bench.fanout.FanoutRow;
import dev.earshot.bench.fanout.FanoutRun;
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

/** One meeting, very many viewers. */
@Command(name = "fanout", description = "One meeting with so many viewers of its live feed on one node.")
final class FanoutCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--viewers",
            paramLabel = "N",
            split = ",",
            description = "viewers at once; several numbers, several rows (default: 10000)")
    private List<Integer> viewers = List.of(10_000);

    @Option(
            names = "--frames-per-second",
            paramLabel = "F",
            defaultValue = "2",
            description = "how often the meeting's text changes (default: ${DEFAULT-VALUE}, as with one who speaks)")
    private double framesPerSecond;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "1",
            description = "how long each row is measured, after 10 s to warm up (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Override
    public Integer call() throws Exception {
        Duration length = Duration.ofMillis(Math.round(minutes * 60_000));
        if (viewers.stream().anyMatch(n -> n < 1 || n > 60_000)
                || length.toSeconds() < 5
                || framesPerSecond < 0.1
                || framesPerSecond > 100) {
            throw new IllegalArgumentException("--viewers " + viewers + " --frames-per-second " + framesPerSecond
                    + " --minutes " + minutes
                    + " (expected: 1..60000 viewers, 0.1..100 frames and at least 5 seconds)");
        }
        for (int n : viewers) {
            FanoutRun.check(n);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<FanoutRow> rows = new ArrayList<>();
        try (var ending = Ending.ofThisThread();
                ApiStage stage = ApiStage.start()) {
            for (int n : viewers) {
                rows.add(new FanoutRun(stage, n, framesPerSecond, length).measure());
            }
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(Machine.describe());
        out.println(FanoutRow.HEAD);
        rows.forEach(row -> out.println(row.line()));
        out.println();
        Results.write("fanout", rows.stream().map(FanoutRow::json).toList(), out);
        return 0;
    }
}
