package dev.earshot.bench;

import dev.earshot.bench.endurance.EnduranceRow;
import dev.earshot.bench.endurance.EnduranceRun;
import dev.earshot.eventlog.app.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a worker's memory stays flat. */
@Command(
        name = "endurance",
        description = "Whether the memory of an ASR worker stays flat while tracks come and go.",
        mixinStandardHelpOptions = true)
final class EnduranceCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "50",
            description = "live tracks at any time (default: ${DEFAULT-VALUE})")
    private int tracks;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "60",
            description = "how long is measured, after 2 minutes to warm up (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Override
    public Integer call() throws Exception {
        if (tracks < 1 || tracks > 1000 || minutes < 1 || minutes > 10_000) {
            throw new IllegalArgumentException("--tracks " + tracks + " --minutes " + minutes
                    + " (expected: 1..1000 tracks and 1..10000 minutes)");
        }
        PrintWriter out = spec.commandLine().getOut();
        EnduranceRow row;
        try (var ending = Ending.ofThisThread()) {
            String model = WorkerStage.settings().model();
            try (WorkerStage stage = WorkerStage.start()) {
                row = new EnduranceRun(stage, model, tracks, Duration.ofMillis(Math.round(minutes * 60_000)), out)
                        .measure();
            }
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(Machine.describe());
        out.println(row.text());
        Results.write("endurance", List.of(row.json()), out);
        return 0;
    }
}
