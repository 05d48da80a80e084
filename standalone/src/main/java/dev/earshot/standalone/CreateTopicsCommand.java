package dev.earshot.standalone;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.app.ServiceProcess;
import dev.earshot.schema.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings Kafka and the registry to the shape that the services expect; run it once before them. */
@Command(
        name = "create-topics",
        description = "Create the topics, their dead letters and their schemas; harmless when they are there.",
        mixinStandardHelpOptions = true)
final class CreateTopicsCommand implements Callable<Integer> {

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    @Override
    public Integer call() {
        EventLogConfig config = process.logConfig("create-topics");
        Topics topics = process.topics();
        try (EventLog log = EventLog.open(config, topics)) {
            log.createTopics();
        }
        System.out.println(topics.all().size() + " topics ready at " + config.bootstrapServers());
        return 0;
    }
}
