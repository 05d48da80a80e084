package dev.earshot.bench;

import dev.earshot.eventlog.app.Failures;
import dev.earshot.standalone.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks: {@code ./earshot bench NAME} ends here. */
@Command(
        name = "./earshot bench",
        description = "Measures; prints a table, and one JSON object per row on the last lines and in target/bench.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            LatencyCommand.class,
            WorkerCommand.class,
            EnduranceCommand.class,
            SinkCommand.class,
            FaultsCommand.class,
            FanoutCommand.class,
            RushCommand.class,
            BotsCommand.class,
            WerCommand.class,
            ReferenceCommand.class,
            SimulateCommand.class,
            JmhCommand.class
        })
public final class Bench implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Failures.said(new CommandLine(new Bench()));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which benchmark?");
    }
}
