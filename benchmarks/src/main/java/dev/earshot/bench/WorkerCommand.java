package dev.earshot.bench;

import dev.earshot.asr.AsrConfig;
import dev.earshot.bench.worker.WorkerRow;
import dev.earshot.bench.worker.WorkerRun;
import dev.earshot.eventlog.app.Ending;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One ASR worker with one decoding thread. */
@Command(
        name = "worker",
        description = "One ASR worker: a backlog against a bare loop over its own batches, and live tracks a core.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--live-tracks",
            paramLabel = "N",
            defaultValue = "40",
            description = "live tracks while processor time is measured (default: ${DEFAULT-VALUE})")
    private int liveTracks;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        WorkerRow row;
        try (var ending = Ending.ofThisThread()) {
            AsrConfig asr = WorkerStage.settings();
            try (WorkerStage stage = WorkerStage.start()) {
                row = new WorkerRun(stage, asr, liveTracks).measure();
            }
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(Machine.describe());
        out.println(row.text());
        Results.write("worker", List.of(row.json()), out);
        return 0;
    }
}
