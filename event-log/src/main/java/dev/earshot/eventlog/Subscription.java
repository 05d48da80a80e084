package dev.earshot.eventlog;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to receive from a topic.
 *
 * @param groupId the consumer group that shares the topic; null receives all partitions and commits nothing
 * @param from where to start when nothing was committed (with a group) or always (without)
 * @param committedOnly whether records of open and aborted transactions are hidden
 * @param maxPollRecords records fetched at a time, the bound of what waits in memory
 * @param commitInterval how often acknowledged positions are committed
 * @param onAssigned told, on the consumer's thread, which partitions now belong to this receiver
 * @param onRevoked told, on the consumer's thread, which partitions no longer do; positions acknowledged before are
 *     committed first, later ones are ignored, and no record of these partitions comes any more
 */
public record Subscription(
        @Nullable String groupId,
        From from,
        boolean committedOnly,
        int maxPollRecords,
        Duration commitInterval,
        Consumer<Collection<Integer>> onAssigned,
        Consumer<Collection<Integer>> onRevoked) {

    /** Where a receiver without a committed position starts. */
    public enum From {
        EARLIEST,
        LATEST
    }

    /** A share of the topic for a group, from the earliest record not yet committed. */
    public static Subscription group(String groupId) {
        return new Subscription(
                groupId, From.EARLIEST, true, 500, Duration.ofMillis(250), partitions -> {}, partitions -> {});
    }

    /** Everything on the topic for this receiver alone. */
    public static Subscription everything(From from) {
        return new Subscription(null, from, true, 500, Duration.ofMillis(250), partitions -> {}, partitions -> {});
    }

    /** The same, seeing records of transactions that are still open. */
    public Subscription readUncommitted() {
        return new Subscription(groupId, from, false, maxPollRecords, commitInterval, onAssigned, onRevoked);
    }

    /** The same, fetching at most so many records at a time. */
    public Subscription withMaxPollRecords(int records) {
        return new Subscription(groupId, from, committedOnly, records, commitInterval, onAssigned, onRevoked);
    }

    /** The same, told about partitions that come and go. */
    public Subscription onPartitions(Consumer<Collection<Integer>> assigned, Consumer<Collection<Integer>> revoked) {
        return new Subscription(groupId, from, committedOnly, maxPollRecords, commitInterval, assigned, revoked);
    }
}
