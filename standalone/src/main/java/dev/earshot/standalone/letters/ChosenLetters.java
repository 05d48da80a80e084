package dev.earshot.standalone.letters;

import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.Topic;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about. */
final class ChosenLetters {

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the topic that the records came from")
    private String topic = "";

    @Parameters(index = "1..*", paramLabel = "LETTER", description = "only these, by number; else all that wait")
    private @Nullable Set<Long> letters;

    /** The topic; throws IllegalArgumentException with a sentence for one that is not in the log's catalogue. */
    Topic<?> source(EventLog log) {
        return LetterOptions.topic(log.topics(), topic);
    }

    /** Their numbers; empty for all that wait. */
    Set<Long> numbers() {
        return letters == null ? Set.of() : letters;
    }
}
