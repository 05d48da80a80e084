package dev.earshot.segment.metrics;

import dev.earshot.segment.domain.Output;
import dev.earshot.segment.domain.Output.AudioLost;
import dev.earshot.segment.domain.Output.Content;
import dev.earshot.segment.domain.Output.Entry;
import dev.earshot.segment.domain.Output.Filtered;
import dev.earshot.segment.domain.Output.Ignored;
import dev.earshot.segment.domain.Output.Segment;
import dev.earshot.segment.domain.Output.SessionComplete;
import dev.earshot.segment.port.AggregatorEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts what happens under the names of the project's meter table. */
public final class MicrometerAggregatorEvents implements AggregatorEvents {

    private final MeterRegistry registry;

    public MicrometerAggregatorEvents(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void decided(Output output) {
        if (output instanceof Ignored ignored) {
            ignored(ignored.reason());
        } else if (output instanceof Entry entry) {
            count("segments.published", "kind", kind(entry.content()));
        } else if (output instanceof Filtered filtered) {
            count("segments.filtered", "rule", lower(filtered.objection()));
        } else {
            registry.counter("segments.revised").increment();
        }
    }

    private void ignored(Ignored.Reason reason) {
        if (reason == Ignored.Reason.LATE) {
            registry.counter("segments.late").increment();
        } else {
            count("segments.ignored", "reason", lower(reason));
        }
    }

    @Override
    public void inputRefused() {
        registry.counter("segments.input.refused").increment();
    }

    @Override
    public void written(Sink sink, int records, Duration sinceOldestDecided) {
        registry.counter("segments.sink.written", "sink", lower(sink)).increment(records);
        Timer.builder("segments.sink.latency")
                .tag("sink", lower(sink))
                .publishPercentileHistogram()
                .register(registry)
                .record(sinceOldestDecided);
    }

    @Override
    public void refused(Sink sink) {
        count("segments.sink.refused", "sink", lower(sink));
    }

    @Override
    public void retried(Sink sink) {
        count("segments.sink.retries", "sink", lower(sink));
    }

    @Override
    public void restarted(Sink sink) {
        count("segments.sink.restarts", "sink", lower(sink));
    }

    @Override
    public void liveViewRebuilt(int tracks) {
        registry.counter("segments.live.rebuilt").increment();
    }

    private void count(String name, String tag, String value) {
        registry.counter(name, tag, value).increment();
    }

    private static String kind(Content content) {
        if (content instanceof Segment) {
            return "segment";
        }
        if (content instanceof AudioLost) {
            return "gap";
        }
        return content instanceof SessionComplete ? "complete" : "status";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
