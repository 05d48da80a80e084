package dev.earshot.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The speech models. */
@Command(
        name = "model",
        description = "The speech models: which there are, and what they are good for.",
        mixinStandardHelpOptions = true)
final class ModelCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "list?");
    }

    /** Lists them. */
    @Command(name = "list", description = "The models that MODEL can name.", mixinStandardHelpOptions = true)
    int list() {
        System.out.printf("%-10s %-8s %-8s %s%n", "NAME", "FAMILY", "SIZE", "GOOD FOR");
        System.out.printf(
                "%-10s %-8s %-8s %s%n",
                "builtin", "ctc", "4.5 MB", "the demo and the tests: synthetic English voices, not people");
        System.out.println("A folder with a model of the CTC family: MODEL=/path/to/folder");
        return 0;
    }
}
