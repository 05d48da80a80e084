package dev.earshot.segment;

import dev.earshot.eventlog.EventLog;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.file.FilterSource;
import dev.earshot.segment.port.AggregatorEvents;
import dev.earshot.segment.postgres.PostgresSink;
import dev.earshot.segment.redis.RedisLiveView;
import dev.earshot.segment.streams.SegmentStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The service, running: the fold between its topics, and the two sinks behind it. Each works on its own; one that waits for
 * its server holds nobody else up. Thread-safe.
 */
public final class SegmentAggregator implements AutoCloseable {

    /** What was started, the last first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final PostgresSink postgres;
    private final RedisLiveView redis;
    private final SegmentStream stream;

    private SegmentAggregator(SegmentAggregatorConfig config, EventLog eventLog, AggregatorEvents events) {
        try {
            postgres = started(PostgresSink.launch(config.database(), config.startTimeout(), eventLog, events));
            redis = started(RedisLiveView.launch(config.redisUrl(), eventLog, events));
            FilterSource filter = started(FilterSource.open(config.filter()));
            stream = started(SegmentStream.launch(
                    config.stream(), eventLog, () -> new SegmentFold(config.rules(), filter.get()), events));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything and returns when the fold has its partitions. The topics must be there. Blocking; throws an exception
     * whose message is one sentence when a server is away or refuses, and leaves nothing running then.
     */
    public static SegmentAggregator launch(SegmentAggregatorConfig config, EventLog eventLog) {
        return launch(config, eventLog, AggregatorEvents.NOOP);
    }

    /** Starts everything and tells what happens. */
    public static SegmentAggregator launch(SegmentAggregatorConfig config, EventLog eventLog, AggregatorEvents events) {
        return new SegmentAggregator(config, eventLog, events);
    }

    /** Throws, with a sentence, unless all parts are working; a sink that waits for its server is. */
    public void check() {
        trouble().ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
    }

    /** Which part does not work any more, as a sentence; empty while all do. Answers at once. */
    public Optional<String> trouble() {
        return Stream.of(
                        stream.isRunning() ? "" : "the transcript stream",
                        postgres.isRunning() ? "" : "the PostgreSQL sink",
                        redis.isRunning() ? "" : "the Redis live view")
                .filter(part -> !part.isEmpty())
                .findFirst()
                .map(part -> part + " has ended: see the log for why, and start the service again");
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    /**
     * Ends the fold, then the sinks, all of them whatever goes wrong. What they did not finish is finished after the next
     * start.
     */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("a part of the aggregator did not end", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
