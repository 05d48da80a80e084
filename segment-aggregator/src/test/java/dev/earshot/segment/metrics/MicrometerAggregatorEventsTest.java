package dev.earshot.segment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.segment.domain.Hypothesis;
import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Filtered;
import dev.earshot.segment.domain.Output.Ignored;
import dev.earshot.segment.domain.Output.Ignored.Reason;
import dev.earshot.segment.domain.Output.LiveTrack;
import dev.earshot.segment.domain.Output.StatusMoved;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.TextFilter.Objection;
import dev.earshot.segment.port.AggregatorEvents.Sink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrometerAggregatorEventsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerAggregatorEvents events = new MicrometerAggregatorEvents(registry);

    @Test
    void countsDecisionsByTheirKind() {
        events.decided(new Entry(1, Instant.EPOCH, new StatusMoved(null, "active", null)));
        events.decided(new LiveTrack("s", "s:t0", 1, null, null, List.of(), List.of(), List.of()));
        events.decided(new Ignored(Reason.LATE));
        events.decided(new Ignored(Reason.OUTDATED));
        events.decided(new Filtered(said("<3"), Objection.PATTERN));

        assertThat(registry.get("segments.published")
                        .tag("kind", "status")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("segments.revised").counter().count()).isEqualTo(1);
        assertThat(registry.get("segments.filtered")
                        .tag("rule", "pattern")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("segments.late").counter().count()).isEqualTo(1);
        assertThat(registry.get("segments.ignored")
                        .tag("reason", "outdated")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static Hypothesis said(String text) {
        return new Hypothesis(
                "s",
                "s:t0",
                "s:t0:0",
                1,
                true,
                new Span(0, 160),
                text,
                List.of(),
                0,
                null,
                new Hypothesis.Provenance(null, null, null, null, null),
                new Hypothesis.CaptureTimes(null, null, null, 0));
    }

    @Test
    void timesSinks() {
        events.written(Sink.POSTGRES, 7, Duration.ofMillis(40));
        events.retried(Sink.REDIS);
        events.restarted(Sink.POSTGRES);

        assertThat(registry.get("segments.sink.written")
                        .tag("sink", "postgres")
                        .counter()
                        .count())
                .isEqualTo(7);
        assertThat(registry.get("segments.sink.latency")
                        .tag("sink", "postgres")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("segments.sink.retries")
                        .tag("sink", "redis")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("segments.sink.restarts")
                        .tag("sink", "postgres")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
