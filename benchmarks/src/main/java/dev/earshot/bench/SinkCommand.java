package dev.earshot.bench;

import dev.earshot.bench.sink.SinkRow;
import dev.earshot.bench.sink.SinkRun;
import dev.earshot.eventlog.app.Ending;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The aggregator and its sinks. */
@Command(
        name = "sink",
        description = "The aggregator and its sinks: from hypotheses on their topic to live view and committed rows.",
        mixinStandardHelpOptions = true)
final class SinkCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "200000",
            description =
                    "segments in the backlog; each round of warming up has a quarter as many (default: ${DEFAULT-VALUE})")
    private int segments;

    @Option(
            names = "--meetings",
            paramLabel = "N",
            defaultValue = "20000",
            description = "meetings that they belong to (default: ${DEFAULT-VALUE})")
    private int meetings;

    @Override
    public Integer call() throws Exception {
        if (segments < 100 || meetings < 1) {
            throw new IllegalArgumentException("--segments " + segments + " --meetings " + meetings
                    + " (expected: at least 100 segments and 1 meeting)");
        }
        PrintWriter out = spec.commandLine().getOut();
        SinkRow row;
        try (var ending = Ending.ofThisThread();
                Product product = Product.withoutServices()) {
            Path state = Files.createDirectories(product.scratch().resolve("sink-state"));
            row = new SinkRun(product, segments, meetings)
                    .measure(Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS", product.stack().bootstrapServers(),
                            "SCHEMA_REGISTRY_URL", product.stack().schemaRegistryUrl(),
                            "DATABASE_URL", product.databaseUrl(),
                            "REDIS_URL", product.stack().redisUrl(),
                            "AGGREGATOR_STATE", state.toString()));
        } catch (InterruptedException e) {
            return 130;
        }
        out.println(Machine.describe());
        out.println(row.text());
        Results.write("sink", List.of(row.json()), out);
        return 0;
    }
}
