package dev.earshot.bot.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when a node has heard all that the others say in the log. What it could not read is no silence of theirs: not while a
 * partition does not answer, not while the node stands still. Takes the time as it is told. {@link #answered} may be called
 * from any thread, {@link #since} from one.
 */
public final class Listening {

    /** A broker that is there answers ten times a second. */
    private static final Duration UNANSWERED = Duration.ofSeconds(1);

    private final int partitions;
    private final Duration unanswered;
    private final Duration stoodStill;
    private final Map<Integer, Instant> answeredAt = new ConcurrentHashMap<>();
    private Instant lookedAt = Instant.EPOCH;
    private Instant since = Instant.EPOCH;

    /**
     * @param partitions of the log; all of them have to answer
     * @param looks how far apart {@link #since} is asked when all is well
     */
    public Listening(int partitions, Duration looks) {
        this.partitions = partitions;
        this.unanswered = looks.compareTo(UNANSWERED) < 0 ? looks : UNANSWERED;
        this.stoodStill = looks.multipliedBy(3).dividedBy(2);
    }

    /** Partitions have answered, be it that there is nothing new. */
    public void answered(Collection<Integer> answering, Instant now) {
        answering.forEach(partition -> answeredAt.put(partition, now));
    }

    /** Whoever has been silent since then, and longer, is silent. */
    public Instant since(Instant now) {
        boolean awake = !lookedAt.plus(stoodStill).isBefore(now);
        boolean allAnswer = answeredAt.size() >= partitions
                && answeredAt.values().stream()
                        .noneMatch(answer -> answer.plus(unanswered).isBefore(now));
        if (!awake || !allAnswer) {
            since = now;
        }
        lookedAt = now;
        return since;
    }
}
