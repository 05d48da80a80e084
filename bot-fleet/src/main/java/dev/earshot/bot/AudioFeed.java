package dev.earshot.bot;

import dev.earshot.audio.TrackWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries sound from the bot's thread to Kafka on a thread of its own, so that a slow Kafka does not stop the page from
 * being heard. When {@value #ROOM} bursts wait (three tracks: three minutes), the bot's thread waits too; nothing is lost.
 */
final class AudioFeed {

    static final int ROOM = 6_000;

    private static final Logger log = LoggerFactory.getLogger(AudioFeed.class);

    /** One thing to do, in order. */
    private interface Task {
        void run() throws InterruptedException;
    }

    private static final Task LAST = () -> {};

    private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(ROOM);
    private final Queue<TrackWriter> ended = new ConcurrentLinkedQueue<>();
    private final Runnable whileWaiting;
    private final Duration patience;
    private final Thread thread;
    private volatile @Nullable String loss;

    /**
     * Starts the thread.
     *
     * @param whileWaiting called every half second on the caller's thread while there is no room
     * @param patience how long the rest may take when the feed is closed
     */
    AudioFeed(String name, Runnable whileWaiting, Duration patience) {
        this.whileWaiting = whileWaiting;
        this.patience = patience;
        this.thread = new Thread(this::carry, "feed-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    void write(TrackWriter writer, short[] samples, long firstSample, Instant capturedAt, int lostSamples) {
        put(() -> writer.write(samples, firstSample, capturedAt, lostSamples));
    }

    /** Ends a track after everything written to it. Its rest may wait for Kafka as long as the feed is open. */
    void end(TrackWriter writer) {
        put(() -> {
            ended.add(writer);
            writer.finish();
        });
    }

    /** Waits until everything is in Kafka, and returns a sentence about what did not get there. */
    Optional<String> close() {
        put(LAST);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            thread.join(patience.toMillis());
            thread.interrupt();
            thread.join();
            for (TrackWriter writer : ended) {
                settle(writer, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(loss);
    }

    private void settle(TrackWriter writer, Duration left) throws InterruptedException {
        try {
            writer.end(left);
        } catch (TimeoutException e) {
            loss = tooLate();
        }
    }

    private String tooLate() {
        return "Kafka did not take the rest of the audio within " + patience.toSeconds() + " s.";
    }

    private void put(Task task) {
        try {
            while (!queue.offer(task, 500, TimeUnit.MILLISECONDS)) {
                whileWaiting.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry() {
        try {
            for (Task task = queue.take(); task != LAST; task = queue.take()) {
                runOne(task);
            }
        } catch (InterruptedException e) {
            loss = tooLate();
            log.warn("audio_feed_given_up thread={} waiting={}", thread.getName(), queue.size());
        }
    }

    private void runOne(Task task) throws InterruptedException {
        try {
            task.run();
        } catch (RuntimeException e) {
            // One track's trouble must not silence the others; what it lost is a gap in the transcript when the session
            // ends.
            loss = "Some audio did not get into Kafka: " + e.getMessage();
            log.error("audio_feed_failed thread={}", thread.getName(), e);
        }
    }
}
