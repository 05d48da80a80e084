package dev.earshot.standalone;

import dev.earshot.api.app.IngressApiCommand;
import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.audio.app.AudioIngestCommand;
import dev.earshot.bot.app.BotFleetCommand;
import dev.earshot.segment.app.SegmentAggregatorCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One service against outside servers. */
@Command(
        name = "run",
        description = "One service against your own Kafka, PostgreSQL, Redis and schema registry.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CreateTopicsCommand.class,
            AudioIngestCommand.class,
            BotFleetCommand.class,
            AsrWorkersCommand.class,
            SegmentAggregatorCommand.class,
            IngressApiCommand.class
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which service?");
    }
}
