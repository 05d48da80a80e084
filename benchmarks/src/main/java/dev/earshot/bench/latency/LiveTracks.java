package dev.earshot.bench.latency;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.eventlog.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Paced tracks, each in a meeting of its own, fed by two threads until closed. */
public final class LiveTracks implements AutoCloseable {

    private static final int FEEDERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHOW_EVERY = Duration.ofMillis(250);

    private final List<PacedTrack> tracks;
    private final ScheduledExecutorService feeders =
            Executors.newScheduledThreadPool(FEEDERS, task -> new Thread(task, "feeder"));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private boolean ended;

    private LiveTracks(List<PacedTrack> tracks) {
        this.tracks = tracks;
        long burstNanos = PacedTrack.BURST.toNanos();
        for (int i = 0; i < tracks.size(); i++) {
            PacedTrack track = tracks.get(i);
            feeders.scheduleAtFixedRate(
                    () -> tick(track), burstNanos * i / tracks.size(), burstNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** So many tracks, in meetings that exist nowhere but on the topics. */
    public static LiveTracks start(EventLog log, SpeechLoop speech, int count) {
        return start(log, speech, LongStream.rangeClosed(1, count).boxed().toList());
    }

    /** One endless track for each meeting, spread over the loop so that not all begin to speak at once. */
    static LiveTracks start(EventLog log, SpeechLoop speech, List<Long> meetingIds) {
        return start(log, speech, meetingIds, PacedTrack.ENDLESS);
    }

    /** The same, each for so long; the same number of tracks says the same every time. */
    public static LiveTracks start(EventLog log, SpeechLoop speech, List<Long> meetingIds, Duration each) {
        return start(log, speech, meetingIds, each.toMillis() * SpeechLoop.SAMPLES_PER_MS);
    }

    private static LiveTracks start(EventLog log, SpeechLoop speech, List<Long> meetingIds, long samples) {
        var publisher = AudioPublisher.on(log);
        int count = meetingIds.size();
        return new LiveTracks(IntStream.range(0, count)
                .mapToObj(i -> PacedTrack.start(
                        log, publisher, meetingIds.get(i), speech, (long) i * speech.length() / count, samples))
                .toList());
    }

    /** The tracks, in the order of the meetings. */
    public List<PacedTrack> tracks() {
        return tracks;
    }

    /** Returns after so long; tells now and then how long it has been. Throws when a track could not be fed. */
    public void run(Duration length, Consumer<Duration> progress) throws InterruptedException {
        long start = System.nanoTime();
        for (Duration done = Duration.ZERO;
                done.compareTo(length) < 0;
                done = Duration.ofNanos(System.nanoTime() - start)) {
            Throwable why = failure.get();
            if (why != null) {
                throw new IllegalStateException("a track could not be fed: " + why, why);
            }
            progress.accept(done);
            TimeUnit.MILLISECONDS.sleep(SHOW_EVERY.toMillis());
        }
    }

    private void tick(PacedTrack track) {
        try {
            track.tick();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Ends all sessions and returns when their audio is in Kafka. Ending twice does nothing more. */
    public void end() throws InterruptedException, TimeoutException {
        if (ended) {
            return;
        }
        ended = true;
        feeders.shutdown();
        if (!feeders.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new TimeoutException("the feeders did not end");
        }
        for (PacedTrack track : tracks) {
            track.end();
        }
    }

    /** Stops feeding at once; sessions that were not ended stay open. */
    @Override
    public void close() {
        feeders.shutdownNow();
    }
}
