package dev.earshot.bench;

import dev.earshot.bench.faults.Fault;
import dev.earshot.bench.faults.FaultRow;
import dev.earshot.bench.faults.FaultRun;
import dev.earshot.eventlog.app.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is lost, doubled or late when something breaks. */
@Command(
        name = "faults",
        description = "What is lost, doubled or late when something breaks; ends with 1 when anything is.",
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "none, worker-kill, postgres-down, redis-flush, broker-restart, aggregator-kill (default: all)")
    private List<String> only = Arrays.stream(Fault.values()).map(Fault::label).toList();

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "50",
            description = "speakers, each with a live track (default: ${DEFAULT-VALUE})")
    private int tracks;

    @Option(
            names = "--in-turn",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "how many of them take turns, as people in one meeting do; 1: nobody waits for another, and each speaks seven tenths of the time (default: ${DEFAULT-VALUE})")
    private int people;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "how often it breaks in each round (default: ${DEFAULT-VALUE})")
    private int times;

    @Option(
            names = "--every-s",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description =
                    "from mending to the next time; more where a process takes long to start (default: ${DEFAULT-VALUE})")
    private int everySeconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many rounds each fault has, each with a product of its own (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--away-s",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long Postgres stays away (default: ${DEFAULT-VALUE})")
    private int awaySeconds;

    @Override
    public Integer call() throws Exception {
        if (tracks < 1
                || tracks > 1000
                || people < 1
                || people > 10
                || times < 1
                || everySeconds < 1
                || rounds < 1
                || awaySeconds < 1) {
            throw new IllegalArgumentException(
                    "--tracks " + tracks + " --in-turn " + people + " --times " + times + " --every-s " + everySeconds
                            + " --rounds " + rounds + " --away-s " + awaySeconds
                            + " (expected: 1..1000 tracks, 1..10 in turn, at least 1 time, 1 round and 1 second)");
        }
        List<Fault> faults = only.stream().map(Fault::named).toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(Machine.describe());
        out.println(FaultRow.HEAD);
        List<FaultRow> rows = new ArrayList<>();
        try (var ending = Ending.ofThisThread()) {
            var run = new FaultRun(
                    WorkerStage.settings(),
                    tracks,
                    people,
                    times,
                    Duration.ofSeconds(everySeconds),
                    Duration.ofSeconds(awaySeconds));
            for (Fault fault : faults) {
                FaultRow row = run.measure(fault, rounds);
                rows.add(row);
                // At once: a later fault may break more than was meant, and minutes of measuring with it.
                out.println(row.line());
                out.flush();
            }
        } catch (InterruptedException e) {
            return 130;
        }
        out.println();
        Results.write("faults", rows.stream().map(FaultRow::json).toList(), out);
        return rows.stream().allMatch(FaultRow::isClean) ? 0 : 1;
    }
}
