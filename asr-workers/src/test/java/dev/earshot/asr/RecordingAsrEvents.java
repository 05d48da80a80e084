package dev.earshot.asr;

import dev.earshot.asr.port.AsrEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what a worker did. */
final class RecordingAsrEvents implements AsrEvents {

    final AtomicLong received = new AtomicLong();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong started = new AtomicLong();
    final AtomicLong published = new AtomicLong();
    final AtomicLong restarts = new AtomicLong();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();

    @Override
    public void framesReceived(int frames) {
        received.addAndGet(frames);
    }

    @Override
    public void framesAccepted(int frames) {
        accepted.addAndGet(frames);
    }

    @Override
    public void framesDropped(int frames, Dropped reason) {
        dropped.addAndGet(frames);
    }

    @Override
    public void utteranceStarted() {
        started.incrementAndGet();
    }

    @Override
    public void utteranceEnded(Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void batchDecoded(int windows, double seconds, Duration took) {
        batches.add(windows);
    }

    @Override
    public void restarted() {
        restarts.incrementAndGet();
    }

    @Override
    public void hypothesisPublished(Kind kind, Duration latency) {
        published.incrementAndGet();
    }
}
