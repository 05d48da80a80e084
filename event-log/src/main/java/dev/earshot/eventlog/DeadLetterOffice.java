package dev.earshot.eventlog;

import dev.earshot.eventlog.DeadLetterIndex.Entry;
import dev.earshot.schema.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Looks through dead letters and sends them back.
 *
 * <p>A replay is exactly once, however often it is asked for, interrupted or run twice at a time: each record goes back in one
 * transaction with a note among the letters that it did. A note is younger than its letter, so retention never takes it
 * first.
 *
 * <p>Blocking; thread-safe. Throws {@link EventLogException} when Kafka or the registry does not help.
 */
public final class DeadLetterOffice {

    private final EventLog log;
    private final Map<String, Object> clientSettings;

    /**
     * What a replay did, or would do.
     *
     * @param sent the letters whose records went back, by offset
     * @param left why others stay, by offset
     */
    public record Replay(List<Long> sent, Map<Long, String> left) {}

    DeadLetterOffice(EventLog log, Map<String, Object> clientSettings) {
        this.log = log;
        this.clientSettings = clientSettings;
    }

    /** What lies among the letters of a topic now. */
    public DeadLetterIndex index(Topic<?> topic) {
        var index = new DeadLetterIndex();
        reader().read(topic.deadLetterName(), index::add);
        return index;
    }

    /** Hands over the letters with these offsets, in their order. */
    public void read(Topic<?> topic, Set<Long> letters, Consumer<DeadLetter> taker) {
        reader().read(topic.deadLetterName(), letter -> {
            if (letters.contains(letter.offset())) {
                taker.accept(letter);
            }
        });
    }

    /** The record in a letter, null for a tombstone. Throws {@link MalformedRecordException} when the bytes are none. */
    public <V extends SpecificRecord> @Nullable V decode(Topic<V> topic, DeadLetter letter) {
        return log.serde(topic.valueType()).deserialize(topic.name(), letter.value());
    }

    /** What {@link #replay} would do; nothing is sent. */
    public Replay plan(Topic<?> topic, Set<Long> letters) {
        return send(topic, letters, letter -> {});
    }

    /**
     * Sends records back to the partitions they came from, with their own headers. What is still no record of the topic
     * stays where it is: it would only come back.
     *
     * @param letters by offset, as {@link #index} names them; empty means all that wait
     */
    public Replay replay(Topic<?> topic, Set<Long> letters) {
        int partitions = reader().partitions(topic.name());
        // Opened before the index is read: that ends what another process has left half done, or is doing.
        try (var wayBack = ReplayProducer.open(topic, partitions, log.config(), clientSettings)) {
            Replay replay = send(topic, letters, wayBack::send);
            wayBack.commit();
            return replay;
        }
    }

    private Replay send(Topic<?> topic, Set<Long> letters, Consumer<DeadLetter> way) {
        List<Entry> entries = index(topic).entries();
        Set<Long> waiting = offsets(entries.stream().filter(entry -> !entry.replayed()));
        requireLetters(topic, letters, offsets(entries.stream()));
        var replay = new Replay(new ArrayList<>(), new TreeMap<>());
        read(topic, letters.isEmpty() ? waiting : letters, letter -> {
            String obstacle = waiting.contains(letter.offset()) ? obstacle(topic, letter) : "it was replayed before";
            if (obstacle == null) {
                way.accept(letter);
                replay.sent().add(letter.offset());
            } else {
                replay.left().put(letter.offset(), obstacle);
            }
        });
        return replay;
    }

    private static Set<Long> offsets(Stream<Entry> entries) {
        return entries.map(Entry::letter).collect(Collectors.toSet());
    }

    private static void requireLetters(Topic<?> topic, Set<Long> letters, Set<Long> known) {
        for (long letter : letters) {
            if (!known.contains(letter)) {
                throw new IllegalArgumentException("letter " + letter + " of " + topic.name()
                        + ": there is none (expected: one that `dlq show " + topic.name() + "` shows)");
            }
        }
    }

    /** Why a letter cannot go back; null when it can. */
    private @Nullable String obstacle(Topic<?> topic, DeadLetter letter) {
        if (letter.source() == null) {
            return "it does not say where it came from";
        }
        try {
            return decode(topic, letter) == null ? "it holds no value" : null;
        } catch (MalformedRecordException e) {
            return "still no " + topic.valueType().getSimpleName() + " (" + e.getMessage() + ")";
        }
    }

    private DeadLetterReader reader() {
        return new DeadLetterReader(log.config(), clientSettings);
    }
}
