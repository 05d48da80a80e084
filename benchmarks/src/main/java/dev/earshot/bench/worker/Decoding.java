package dev.earshot.bench.worker;

import dev.earshot.asr.port.AsrEvents;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what a worker decodes. Thread-safe. */
final class Decoding implements AsrEvents {

    /**
     * What was decoded so far.
     *
     * @param windows audio decoded twice counts twice
     * @param seconds of audio in them
     * @param busy time in which the decoder decoded
     */
    record Sums(long windows, double seconds, Duration busy) {

        private Sums plus(int windowsOfBatch, double secondsOfBatch, Duration took) {
            return new Sums(windows + windowsOfBatch, seconds + secondsOfBatch, busy.plus(took));
        }
    }

    private final AtomicLong firstFrameNanos = new AtomicLong();
    private volatile Sums sums = new Sums(0, 0, Duration.ZERO);

    @Override
    public void framesReceived(int frames) {
        firstFrameNanos.compareAndSet(0, System.nanoTime());
    }

    /** By the one thread that decodes. */
    @Override
    public void batchDecoded(int windowsOfBatch, double secondsOfBatch, Duration took) {
        sums = sums.plus(windowsOfBatch, secondsOfBatch, took);
    }

    /** {@link System#nanoTime} when the first audio came. */
    long firstFrameNanos() {
        return firstFrameNanos.get();
    }

    Sums sums() {
        return sums;
    }
}
