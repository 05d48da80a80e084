package dev.earshot.standalone.letters;

import dev.earshot.eventlog.DeadLetterIndex;
import dev.earshot.eventlog.DeadLetterIndex.Entry;
import dev.earshot.eventlog.DeadLetterOffice;
import dev.earshot.eventlog.EventLog;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counts dead letters; a record that several consumers refused counts once. */
@Command(
        name = "list",
        description = "Per topic: how many records wait, how many went back, and what was wrong with those that wait.",
        mixinStandardHelpOptions = true)
public final class ListLetters implements Callable<Integer> {

    private static final String ROW = "%-24s %8s %9s  %s%n";

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (EventLog log = options.open()) {
            DeadLetterOffice office = log.deadLetterOffice();
            var indexes = new LinkedHashMap<String, DeadLetterIndex>();
            log.topics().all().forEach(topic -> indexes.put(topic.name(), office.index(topic)));
            out.printf(ROW, "TOPIC", "WAITING", "REPLAYED", "WHY");
            indexes.forEach((topic, index) -> {
                List<Entry> waiting = index.waiting();
                int replayed = index.entries().size() - waiting.size();
                out.printf(ROW, topic, waiting.size(), replayed, reasons(waiting));
            });
            out.flush();
        }
        return 0;
    }

    /** The most frequent first. */
    private static String reasons(List<Entry> waiting) {
        Map<String, Long> counted = waiting.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.errorClass().replaceAll(".*\\.", "") + " in " + entry.consumer(),
                        Collectors.counting()));
        return counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", "));
    }
}
