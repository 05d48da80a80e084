package dev.earshot.asr;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is with which partition, for one consumer. It writes on the consumer's thread as partitions come and go, and
 * every chunk carries the turn it came in, so no chunk is taken for one of another turn however late it reaches the loop.
 * Thread-safe.
 */
final class Turns {

    private final Map<Integer, Turn> current = new ConcurrentHashMap<>();

    /**
     * Partitions come. A client that died without a word may have left them in a turn that was never ended. Returns the turns
     * that begin.
     */
    List<Turn> begin(Collection<Integer> partitions) {
        List<Turn> begun = partitions.stream().map(Turn::new).toList();
        begun.forEach(turn -> current.put(turn.partition(), turn));
        return begun;
    }

    /** Partitions go. Returns the turns that end. */
    List<Turn> end(Collection<Integer> partitions) {
        return partitions.stream().map(current::remove).filter(Objects::nonNull).toList();
    }

    /** Brokers of partitions have answered. */
    void answered(Collection<Integer> partitions) {
        partitions.stream().map(current::get).filter(Objects::nonNull).forEach(Turn::answered);
    }

    /** The turn of a partition; null when it is not here. */
    @Nullable
    Turn of(int partition) {
        return current.get(partition);
    }

    boolean isCurrent(Turn turn) {
        return current.get(turn.partition()) == turn;
    }
}
