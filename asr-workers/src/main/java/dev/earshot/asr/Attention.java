package dev.earshot.asr;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when the worker has heard all there is to hear in one partition. What lies unread in the log, or cannot be read there, is
 * no silence of anybody's: not while the worker holds back its reading, not while it stands still (a stopped process, a long
 * collection of garbage), not while the partition's broker is away, and not before what waited meanwhile is read, here and in
 * the worker's other partitions. Takes the time as it is told; not thread-safe.
 */
final class Attention {

    /** Ticks further apart than this, ten times what they should be: the process stood still, and the log did not. */
    static final Duration STOOD_STILL = Duration.ofSeconds(1);
    /** Answers further apart than this, ten times what they should be: the broker was away, or the way to it was. */
    static final Duration UNANSWERED = Duration.ofSeconds(1);
    /** When nothing that waited has come for so long, there is no more: chunks that lie in the log come one after the other. */
    private static final Duration CAUGHT_UP = Duration.ofMillis(300);

    private Instant tickedAt = Instant.EPOCH;
    private Instant answeredAt = Instant.EPOCH;
    /** When the worker last came back to the log. Older chunks waited there, by whatever clock they were dated. */
    private Instant backAt = Instant.EPOCH;

    /** Since when the broker has had a question to answer, and has not. */
    private Instant askedAt = Instant.EPOCH;

    private Instant since = Instant.EPOCH;
    private Instant backlogAt = Instant.EPOCH;

    /**
     * Time passes.
     *
     * @param holdsBack whether chunks are left unread because there is too much to decode
     * @param backlog whether what waited is read now in any of the worker's partitions: Kafka's consumer hands out all that it
     *     has fetched of one, thousands of chunks, before it comes to the next
     * @param answered whether the broker has answered since the last tick, be it that there is nothing new
     */
    void tick(Instant now, boolean holdsBack, boolean backlog, boolean answered) {
        if (answered) {
            answeredAt = now;
        }
        boolean stoodStill = isLonger(tickedAt, now, STOOD_STILL);
        // Nothing is asked of a broker while there is enough of it at hand.
        if (answered || holdsBack || backlog || stoodStill) {
            askedAt = now;
        }
        if (backlog) {
            since = now;
        }
        if (holdsBack || stoodStill || isLonger(answeredAt, now, UNANSWERED)) {
            backAt = now;
            since = now;
        }
        tickedAt = now;
    }

    private static boolean isLonger(Instant from, Instant to, Duration duration) {
        return Duration.between(from, to).compareTo(duration) > 0;
    }

    /** A chunk was read. */
    void read(Instant producedAt, Instant now) {
        if (producedAt.isBefore(backAt)) {
            since = now;
            backlogAt = now;
        }
    }

    /** The worker begins to read where another left off, or where it did itself. */
    void begin(Instant now) {
        backAt = now;
        since = now;
        askedAt = now;
    }

    /** Whether what is read now waited in the log: nobody looks at how its words grow. */
    boolean readsBacklog(Instant now) {
        return Duration.between(backlogAt, now).compareTo(CAUGHT_UP) < 0;
    }

    /** How long the broker has left the worker without an answer. Zero while nothing is asked. */
    Duration unanswered(Instant now) {
        return Duration.between(askedAt, now);
    }

    /** Whoever has been silent since then, and longer, is silent. */
    Instant since() {
        return since;
    }
}
