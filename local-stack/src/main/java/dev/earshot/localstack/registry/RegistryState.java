package dev.earshot.localstack.registry;

import dev.earshot.localstack.registry.RegistryRecord.LevelSet;
import dev.earshot.localstack.registry.RegistryRecord.SchemaStored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows: the fold of its log, and the decisions that lead to the next record.
 *
 * <p>Deciding changes nothing; only {@link #apply} does. Thread-safe.
 */
final class RegistryState {

    private final Compatibility defaultLevel;
    private final Map<String, TreeMap<Integer, SchemaStored>> subjects = new TreeMap<>();
    private final Map<Integer, String> textById = new HashMap<>();
    private final Map<String, Integer> idByText = new HashMap<>();
    private final Map<String, Compatibility> subjectLevels = new HashMap<>();
    private @Nullable Compatibility globalLevel;
    private int highestId;

    RegistryState(Compatibility defaultLevel) {
        this.defaultLevel = defaultLevel;
    }

    synchronized void apply(RegistryRecord record) {
        if (record instanceof SchemaStored stored) {
            subjects.computeIfAbsent(stored.subject(), s -> new TreeMap<>()).put(stored.version(), stored);
            String before = textById.put(stored.id(), stored.schema());
            if (before != null && !before.equals(stored.schema())) {
                // Only a write that was never acknowledged can be replaced by another text.
                idByText.remove(before);
            }
            idByText.put(stored.schema(), stored.id());
            highestId = Math.max(highestId, stored.id());
        } else if (record instanceof LevelSet set) {
            applyLevel(set);
        }
    }

    private void applyLevel(LevelSet set) {
        String subject = set.subject();
        Compatibility level = set.level();
        if (subject == null) {
            globalLevel = level;
        } else if (level == null) {
            subjectLevels.remove(subject);
        } else {
            subjectLevels.put(subject, level);
        }
    }

    /** The record that registers {@code schema}; throws 409 when the subject's history forbids it. */
    synchronized SchemaStored decideRegistration(String subject, Schema schema) {
        List<String> violations = violations(subject, schema, level(subject).relevant(schemas(subject)));
        if (!violations.isEmpty()) {
            throw RegistryException.incompatible(subject, String.join("; ", violations));
        }
        String text = schema.toString();
        TreeMap<Integer, SchemaStored> all = subjects.getOrDefault(subject, new TreeMap<>());
        int version = all.isEmpty() ? 1 : all.lastKey() + 1;
        return new SchemaStored(subject, version, idByText.getOrDefault(text, highestId + 1), text, false);
    }

    /** The live version of {@code subject} with exactly this schema. */
    synchronized Optional<SchemaStored> find(String subject, Schema schema) {
        String text = schema.toString();
        return live(subject).stream().filter(v -> v.schema().equals(text)).findFirst();
    }

    synchronized List<String> subjects(boolean withDeleted) {
        Predicate<SchemaStored> wanted = stored -> withDeleted || !stored.deleted();
        return subjects.entrySet().stream()
                .filter(e -> e.getValue().values().stream().anyMatch(wanted))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Live versions, oldest first; empty when there is no such subject. */
    synchronized List<SchemaStored> live(String subject) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(v -> !v.deleted())
                .toList();
    }

    synchronized List<SchemaStored> requireLive(String subject) {
        List<SchemaStored> versions = live(subject);
        if (versions.isEmpty()) {
            throw RegistryException.subjectNotFound(subject);
        }
        return versions;
    }

    synchronized Optional<String> textOf(int id) {
        return Optional.ofNullable(textById.get(id));
    }

    synchronized List<SchemaStored> usesOf(int id) {
        List<SchemaStored> uses = new ArrayList<>();
        subjects.keySet()
                .forEach(subject ->
                        live(subject).stream().filter(v -> v.id() == id).forEach(uses::add));
        return uses;
    }

    synchronized Compatibility globalLevel() {
        Compatibility level = globalLevel;
        return level == null ? defaultLevel : level;
    }

    synchronized Optional<Compatibility> subjectLevel(String subject) {
        return Optional.ofNullable(subjectLevels.get(subject));
    }

    synchronized Compatibility level(String subject) {
        return subjectLevels.getOrDefault(subject, globalLevel());
    }

    synchronized List<Schema> schemas(String subject) {
        return live(subject).stream().map(v -> parseStored(v.schema())).toList();
    }

    List<String> violations(String subject, Schema candidate, List<Schema> others) {
        return level(subject).violations(candidate, others);
    }

    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            // Avro throws several unrelated kinds for what a client may send, NullPointerException among them.
            throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    private static Schema parseStored(String text) {
        return new Schema.Parser().parse(text);
    }
}
