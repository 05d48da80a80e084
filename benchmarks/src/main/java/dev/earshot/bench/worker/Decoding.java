package dev.earshot.bench.worker;

import dev.earshot.asr.port.AsrEvents;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/** Adds up what a worker decodes. Thread-safe. */
final class Decoding implements AsrEvents {

    private final AtomicLong firstFrameNanos = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong windows = new AtomicLong();
    private final DoubleAdder seconds = new DoubleAdder();
    private final AtomicLong busyNanos = new AtomicLong();

    @Override
    public void framesReceived(int frames) {
        firstFrameNanos.compareAndSet(0, System.nanoTime());
    }

    @Override
    public void batchDecoded(int windowsOfBatch, double secondsOfBatch, Duration took) {
        batches.incrementAndGet();
        windows.addAndGet(windowsOfBatch);
        seconds.add(secondsOfBatch);
        busyNanos.addAndGet(took.toNanos());
    }

    /** {@link System#nanoTime} when the first audio came. */
    long firstFrameNanos() {
        return firstFrameNanos.get();
    }

    long windows() {
        return windows.get();
    }

    double windowsPerBatch() {
        return (double) windows.get() / Math.max(1, batches.get());
    }

    /** Seconds of audio in all windows; audio decoded twice counts twice. */
    double decodedSeconds() {
        return seconds.sum();
    }

    Duration busy() {
        return Duration.ofNanos(busyNanos.get());
    }
}
