package dev.earshot.standalone;

import dev.earshot.standalone.letters.ListLetters;
import dev.earshot.standalone.letters.ReplayLetters;
import dev.earshot.standalone.letters.ShowLetters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The records that could not be handled: how many there are, what is in them, and their way back. */
@Command(
        name = "dlq",
        description = "Dead letters: the records that a service could not handle.",
        mixinStandardHelpOptions = true,
        subcommands = {ListLetters.class, ShowLetters.class, ReplayLetters.class})
final class DlqCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "list, show or replay?");
    }
}
