package dev.earshot.segment;

import dev.earshot.segment.domain.Output;
import dev.earshot.segment.port.AggregatorEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what happened, as lines. */
public final class RecordingAggregatorEvents implements AggregatorEvents {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public List<String> lines() {
        return lines;
    }

    @Override
    public void decided(Output output) {
        lines.add("decided " + output.getClass().getSimpleName());
    }

    @Override
    public void inputRefused() {
        lines.add("input refused");
    }

    @Override
    public void written(Sink sink, int records, Duration sinceOldestDecided) {
        lines.add("written " + sink + " " + records);
    }

    @Override
    public void refused(Sink sink) {
        lines.add("refused " + sink);
    }

    @Override
    public void retried(Sink sink) {
        lines.add("retried " + sink);
    }

    @Override
    public void restarted(Sink sink) {
        lines.add("restarted " + sink);
    }

    @Override
    public void liveViewRebuilt(int tracks) {
        lines.add("rebuilt");
    }
}
