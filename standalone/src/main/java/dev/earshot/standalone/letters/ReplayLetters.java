package dev.earshot.standalone.letters;

import dev.earshot.eventlog.DeadLetterOffice;
import dev.earshot.eventlog.DeadLetterOffice.Replay;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.Topic;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends the records of dead letters back to the topic they came from; each goes once, however often this is run. */
@Command(
        name = "replay",
        description = "Send records back to the topic they came from, once each, when what was wrong is mended.",
        mixinStandardHelpOptions = true)
public final class ReplayLetters implements Callable<Integer> {

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Mixin
    private final ChosenLetters letters = new ChosenLetters();

    @Option(names = "--dry-run", description = "say what would be sent, and send nothing")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (EventLog log = options.open()) {
            Topic<?> source = letters.source(log);
            DeadLetterOffice office = log.deadLetterOffice();
            Set<Long> chosen = letters.numbers();
            Replay replay = dryRun ? office.plan(source, chosen) : office.replay(source, chosen);
            replay.left().forEach((letter, why) -> out.println("letter " + letter + " stays: " + why));
            out.println(replay.sent().size() + (dryRun ? " would go" : " sent") + " back to " + source.name() + ", "
                    + replay.left().size() + (dryRun ? " would stay" : " stayed"));
            out.flush();
        }
        return 0;
    }
}
