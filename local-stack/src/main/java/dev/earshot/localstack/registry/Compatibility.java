package dev.earshot.localstack.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Which schemas may follow which, by Avro's own reader and writer rules. */
public enum Compatibility {
    NONE,
    BACKWARD,
    BACKWARD_TRANSITIVE,
    FORWARD,
    FORWARD_TRANSITIVE,
    FULL,
    FULL_TRANSITIVE;

    static Compatibility parse(String level) {
        try {
            return valueOf(level.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RegistryException.invalidLevel(level);
        }
    }

    /** The part of the history, oldest first, that a new schema is held against. */
    List<Schema> relevant(List<Schema> history) {
        if (this == NONE || history.isEmpty()) {
            return List.of();
        }
        return name().endsWith("_TRANSITIVE") ? history : history.subList(history.size() - 1, history.size());
    }

    /** Why {@code candidate} may not join {@code others}; empty when it may. */
    List<String> violations(Schema candidate, List<Schema> others) {
        List<String> found = new ArrayList<>();
        for (Schema other : others) {
            if (name().startsWith("BACKWARD") || name().startsWith("FULL")) {
                addViolations(candidate, other, "the new schema cannot read what the older wrote: ", found);
            }
            if (name().startsWith("FORWARD") || name().startsWith("FULL")) {
                addViolations(other, candidate, "the older schema cannot read what the new one writes: ", found);
            }
        }
        return found;
    }

    private static void addViolations(Schema reader, Schema writer, String prefix, List<String> found) {
        var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            pair.getResult()
                    .getIncompatibilities()
                    .forEach(i ->
                            found.add(prefix + i.getType() + " at " + i.getLocation() + " (" + i.getMessage() + ")"));
        }
    }
}
