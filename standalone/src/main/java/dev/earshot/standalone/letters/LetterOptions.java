package dev.earshot.standalone.letters;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.app.ServiceProcess;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** Where the letters are; mixed into each of the commands. */
final class LetterOptions {

    /** A person waits, and the servers have long been running. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    EventLog open() {
        return EventLog.open(process.logConfig("dlq").withStartTimeout(PATIENCE), process.topics());
    }

    /** The topic that somebody named, with or without what its dead letters' topic has behind its name. */
    static Topic<?> topic(Topics topics, String name) {
        return topics.all().stream()
                .filter(topic -> name.equals(topic.name()) || name.equals(topic.deadLetterName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topic: " + name + " (expected: one of "
                        + topics.all().stream().map(Topic::name).collect(Collectors.joining(", ")) + ")"));
    }
}
