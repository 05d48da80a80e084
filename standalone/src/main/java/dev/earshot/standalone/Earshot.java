package dev.earshot.standalone;

import dev.earshot.api.app.WebhooksCommand;
import dev.earshot.eventlog.app.Failures;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code ./earshot} ends here. */
@Command(
        name = "earshot",
        description = "Live meeting transcripts, from audio to text that never changes again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            TranscribeCommand.class,
            RunCommand.class,
            ModelCommand.class,
            DlqCommand.class,
            WebhooksCommand.class,
            DoctorCommand.class
        })
public final class Earshot implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, as it is typed; tests ask it for its options. */
    public static CommandLine commandLine() {
        return Failures.said(new CommandLine(new Earshot()).setCaseInsensitiveEnumValuesAllowed(true));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
