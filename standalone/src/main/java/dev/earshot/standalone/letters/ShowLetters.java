package dev.earshot.standalone.letters;

import dev.earshot.eventlog.DeadLetterIndex.Entry;
import dev.earshot.eventlog.DeadLetterOffice;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.Topic;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows dead letters: why they are there, and what is in them as far as it can be read. */
@Command(
        name = "show",
        description = "Why a topic's letters are there and what is in them; what people said only with --text.",
        mixinStandardHelpOptions = true)
public final class ShowLetters implements Callable<Integer> {

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Mixin
    private final ChosenLetters letters = new ChosenLetters();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many, the newest (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--text", description = "show what people said and wrote, too")
    private boolean text;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (EventLog log = options.open()) {
            show(letters.source(log), log.deadLetterOffice(), out);
            out.flush();
        }
        return 0;
    }

    private void show(Topic<?> source, DeadLetterOffice office, PrintWriter out) {
        List<Entry> all = office.index(source).entries();
        List<Entry> chosen = all.stream().filter(this::isChosen).toList();
        Map<Long, Entry> shown = chosen.stream()
                .skip(Math.max(0, chosen.size() - limit))
                .collect(Collectors.toMap(Entry::letter, Function.identity()));
        var page = new LetterPage(source, office, text);
        office.read(source, shown.keySet(), letter -> {
            Entry entry = shown.get(letter.offset());
            if (entry != null) {
                out.println(page.show(letter, entry));
            }
        });
        out.println(shown.size() + " of " + all.size() + " shown");
    }

    private boolean isChosen(Entry entry) {
        Set<Long> numbers = letters.numbers();
        return numbers.isEmpty() ? !entry.replayed() : numbers.contains(entry.letter());
    }
}
