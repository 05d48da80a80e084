package dev.earshot.segment.redis;

import dev.earshot.schema.avro.TranscriptLive;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the live view must show now: for each track with pending text its newest record, in the order of the log.
 *
 * <p>Acknowledges so that a restart reads again, from the log, exactly what is kept here: the position committed for a
 * partition never passes the oldest record that still counts. Pending text is replaced, confirmed or closed within the
 * immutability threshold, so that is soon. Thread-safe.
 */
final class CurrentTracks {

    private record Held(TranscriptLive live, Runnable acknowledgement) {}

    private final Map<Integer, LinkedHashMap<String, Held>> byPartition = new HashMap<>();

    /**
     * Takes a record whose effect Redis has; records of a partition come in the order of the log.
     *
     * @param isHeld whether the partition has been ours since the record came; it may have gone while Redis took the record
     */
    synchronized void put(int partition, TranscriptLive live, BooleanSupplier isHeld, Runnable acknowledgement) {
        if (!isHeld.getAsBoolean()) {
            return;
        }
        var held = byPartition.computeIfAbsent(partition, p -> new LinkedHashMap<>());
        String track = live.getMeetingId() + '/' + live.getTrackId();
        boolean wasOldest = !held.isEmpty() && held.keySet().iterator().next().equals(track);
        Held replaced = held.remove(track);
        if (!live.getPending().isEmpty()) {
            held.put(track, new Held(live, acknowledgement));
        }
        if (held.isEmpty()) {
            acknowledgement.run();
        } else if (wasOldest && replaced != null) {
            // Everything up to the one replaced is over; the next oldest lies after it.
            replaced.acknowledgement().run();
        }
    }

    synchronized List<TranscriptLive> all() {
        return byPartition.values().stream()
                .flatMap(held -> held.values().stream())
                .map(Held::live)
                .toList();
    }

    /** Another instance shows these partitions from now on, or we do again from the start. */
    synchronized void forget(Collection<Integer> partitions) {
        partitions.forEach(byPartition::remove);
    }
}
