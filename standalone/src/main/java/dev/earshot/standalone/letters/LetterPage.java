package dev.earshot.standalone.letters;

import dev.earshot.eventlog.DeadLetter;
import dev.earshot.eventlog.DeadLetterIndex.Entry;
import dev.earshot.eventlog.DeadLetterOffice;
import dev.earshot.eventlog.MalformedRecordException;
import dev.earshot.eventlog.Position;
import dev.earshot.schema.Topic;
import java.util.StringJoiner;
import org.apache.avro.specific.SpecificRecord;

/** A letter as lines of text for people. */
final class LetterPage {

    private final Topic<?> topic;
    private final DeadLetterOffice office;
    private final RecordJson json;

    LetterPage(Topic<?> topic, DeadLetterOffice office, boolean withText) {
        this.topic = topic;
        this.office = office;
        this.json = new RecordJson(withText);
    }

    String show(DeadLetter letter, Entry entry) {
        var lines = new StringJoiner("\n", "", "\n");
        lines.add("letter " + letter.offset() + " of " + topic.name() + (entry.replayed() ? ", replayed" : ""));
        lines.add("  buried   " + letter.buriedAt() + " by " + letter.consumer()
                + (entry.copies() > 1 ? ", refused " + entry.copies() + " times" : ""));
        lines.add("  because  " + letter.errorClass() + ": " + letter.errorMessage());
        Position source = letter.source();
        lines.add("  from     "
                + (source == null
                        ? "(it does not say)"
                        : "partition " + source.partition() + ", offset " + source.offset()));
        lines.add("  key      " + letter.key());
        letter.recordHeaders().forEach((name, value) -> lines.add("  header   " + name + "=" + value));
        lines.add("  value    " + value(letter));
        return lines.toString();
    }

    private String value(DeadLetter letter) {
        byte[] bytes = letter.value();
        try {
            SpecificRecord record = office.decode(topic, letter);
            return record == null ? "none" : json.of(record);
        } catch (MalformedRecordException e) {
            return (bytes == null ? 0 : bytes.length) + " bytes that are no "
                    + topic.valueType().getSimpleName() + " (" + e.getMessage() + ")";
        }
    }
}
