package dev.earshot.segment.port;

import dev.earshot.segment.domain.Output;
import java.time.Duration;

/**
 * What happens in the aggregator, for meters and tests. Implementations are fast, thread-safe and never throw.
 *
 * <p>The law: a record read by the fold leads to any number of decisions; each entry decided is written once, so over time
 * {@code entries decided = entries written + entries refused}.
 */
public interface AggregatorEvents {

    /** Where the transcript goes. */
    enum Sink {
        POSTGRES,
        REDIS
    }

    AggregatorEvents NOOP = new AggregatorEvents() {};

    /** The fold decided something. */
    default void decided(Output output) {}

    /** A record of an input topic could be read but not understood, and went to the dead letters. */
    default void inputRefused() {}

    /** A sink took a batch of records; the oldest of them was decided so long ago. */
    default void written(Sink sink, int records, Duration sinceOldestDecided) {}

    /** A sink would not take a record ever; it went to the dead letters. */
    default void refused(Sink sink) {}

    /** A sink's server is away; the write is tried again. */
    default void retried(Sink sink) {}

    /** A sink failed for a reason that was not foreseen, and begins again with what it has not acknowledged. */
    default void restarted(Sink sink) {}

    /** Redis had lost the live view; what is pending was written again. */
    default void liveViewRebuilt(int tracks) {}
}
