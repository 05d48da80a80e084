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
 * @param maxPollRecords records of one poll; two polls may wait in memory, and what Kafka's client has fetched ahead
 * @param minFetchBytes a fetch waits for so much, or a tenth of a second: 1 when nothing shall wait
 * @param commitInterval how often acknowledged positions are committed
 * @param onAssigned told, on the consumer's thread, which partitions now belong to this receiver
 * @param onRevoked told, on the consumer's thread, which partitions no longer do; positions acknowledged before are
 *     committed first, later ones are ignored, and no record of these partitions comes any more
 * @param onAnswered told, on the consumer's thread, several times a second, from which partitions a record would have come if
 *     there were one: those that are being read and whose broker has answered since. Whoever draws a conclusion from silence
 *     needs to know; a broker that is away is silent, too. Null when nobody does
 */
public record Subscription(
        @Nullable String groupId,
        From from,
        boolean committedOnly,
        int maxPollRecords,
        int minFetchBytes,
        Duration commitInterval,
        Consumer<Collection<Integer>> onAssigned,
        Consumer<Collection<Integer>> onRevoked,
        @Nullable Consumer<Collection<Integer>> onAnswered) {

    /** Where a receiver without a committed position starts. */
    public enum From {
        EARLIEST,
        LATEST
    }

    /** A share of the topic for a group, from the earliest record not yet committed. */
    public static Subscription group(String groupId) {
        return reading(groupId, From.EARLIEST);
    }

    /** Everything on the topic for this receiver alone. */
    public static Subscription everything(From from) {
        return reading(null, from);
    }

    private static Subscription reading(@Nullable String groupId, From from) {
        Consumer<Collection<Integer>> nobody = partitions -> {};
        return new Subscription(groupId, from, true, 500, 1, Duration.ofMillis(250), nobody, nobody, null);
    }

    /** The same, seeing records of transactions that are still open. */
    public Subscription readUncommitted() {
        return new Subscription(
                groupId, from, false, maxPollRecords, minFetchBytes, commitInterval, onAssigned, onRevoked, onAnswered);
    }

    /** The same, with at most so many records to a poll. */
    public Subscription withMaxPollRecords(int records) {
        return new Subscription(
                groupId,
                from,
                committedOnly,
                records,
                minFetchBytes,
                commitInterval,
                onAssigned,
                onRevoked,
                onAnswered);
    }

    /** The same for who has time: records may wait a tenth of a second for so much company, which makes them cheaper. */
    public Subscription withMinFetchBytes(int bytes) {
        return new Subscription(
                groupId, from, committedOnly, maxPollRecords, bytes, commitInterval, onAssigned, onRevoked, onAnswered);
    }

    /** The same, told about partitions that come and go. */
    public Subscription onPartitions(Consumer<Collection<Integer>> assigned, Consumer<Collection<Integer>> revoked) {
        return new Subscription(
                groupId,
                from,
                committedOnly,
                maxPollRecords,
                minFetchBytes,
                commitInterval,
                assigned,
                revoked,
                onAnswered);
    }

    /** The same, told from which partitions nothing came because there was nothing. */
    public Subscription onAnswers(Consumer<Collection<Integer>> answered) {
        return new Subscription(
                groupId,
                from,
                committedOnly,
                maxPollRecords,
                minFetchBytes,
                commitInterval,
                onAssigned,
                onRevoked,
                answered);
    }
}
