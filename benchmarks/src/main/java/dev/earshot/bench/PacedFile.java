package dev.earshot.bench;

import dev.earshot.audio.TrackWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One file that is said in real time on a track of its own: every 20 ms what a microphone would have captured since. */
final class PacedFile {

    private static final int BURST_MS = 20;
    private static final int SAMPLES_PER_MS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TrackWriter writer;
    private final short[] samples;
    private final Instant start = Instant.now();
    private final CompletableFuture<String> said = new CompletableFuture<>();
    private int written;

    private PacedFile(TrackWriter writer, short[] samples) {
        this.writer = writer;
        this.samples = samples;
    }

    static PacedFile start(TrackWriter writer, short[] samples, ScheduledExecutorService mouths) {
        var file = new PacedFile(writer, samples);
        Future<?> bursts = mouths.scheduleAtFixedRate(file::tick, BURST_MS, BURST_MS, TimeUnit.MILLISECONDS);
        file.said.whenComplete((track, failure) -> bursts.cancel(false));
        return file;
    }

    /** Waits until it is said, and tells the track's id. */
    String await() throws InterruptedException, ExecutionException {
        return said.get();
    }

    private void tick() {
        try {
            long due = Duration.between(start, Instant.now()).toMillis() * SAMPLES_PER_MS;
            int to = (int) Math.min(samples.length, due);
            if (to > written) {
                writer.write(Arrays.copyOfRange(samples, written, to), written, capturedAt(written), 0);
                written = to;
            }
            if (written == samples.length) {
                writer.end(PATIENCE);
                said.complete(writer.track().trackId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            said.completeExceptionally(e);
        } catch (TimeoutException | RuntimeException e) {
            said.completeExceptionally(e);
        }
    }

    private Instant capturedAt(int sample) {
        return start.plusMillis(sample / SAMPLES_PER_MS);
    }
}
