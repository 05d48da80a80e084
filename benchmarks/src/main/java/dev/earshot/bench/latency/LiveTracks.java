package dev.earshot.bench.latency;

import dev.earshot.audio.AudioPublisher;
import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.avro.AudioCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Tracks that each have a meeting of their own, in groups of which all say their part of one talk, spread over the loop so
 * that not all groups begin at once. Those that are fed are fed by two threads until closed, and each ends by itself when it
 * has said all.
 */
public final class LiveTracks implements AutoCloseable {

    private static final int FEEDERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHOW_EVERY = Duration.ofMillis(250);

    private final List<PacedTrack> tracks;
    private final ScheduledExecutorService feeders =
            Executors.newScheduledThreadPool(FEEDERS, task -> new Thread(task, "feeder"));
    /** Beginning and ending a session waits for Kafka: one that did so after the other would end long after it fell silent. */
    private final ExecutorService sessions = Executors.newCachedThreadPool(task -> new Thread(task, "session"));

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private LiveTracks(EventLog log, List<SpeechLoop> group, List<Long> meetingIds, long samples, AudioCodec codec)
            throws InterruptedException {
        var publisher = AudioPublisher.on(log);
        int count = meetingIds.size();
        int people = group.size();
        int groups = (count + people - 1) / people;
        try {
            this.tracks = all(IntStream.range(0, count)
                    .<Callable<PacedTrack>>mapToObj(i -> () -> {
                        SpeechLoop speech = group.get(i % people);
                        long phase = (long) (i / people) * speech.length() / groups;
                        var part = new PacedTrack.Part(speech, phase, samples);
                        return PacedTrack.start(log, publisher, meetingIds.get(i), part, codec);
                    })
                    .toList());
        } catch (InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** So many endless tracks, in meetings that exist nowhere but on the topics. */
    public static LiveTracks start(EventLog log, SpeechLoop speech, int count) throws InterruptedException {
        return start(log, speech, LongStream.rangeClosed(1, count).boxed().toList());
    }

    /** One endless track for each meeting, fed in real time. */
    static LiveTracks start(EventLog log, SpeechLoop speech, List<Long> meetingIds) throws InterruptedException {
        return new LiveTracks(log, List.of(speech), meetingIds, PacedTrack.Part.ENDLESS, AudioCodec.OPUS).fed();
    }

    /**
     * The same in groups, each track for so long; the same number of tracks says the same every time. Not encoded: fifty
     * encoders would take half a core from what is measured.
     *
     * @param group what the people of one group say
     */
    public static LiveTracks start(EventLog log, List<SpeechLoop> group, List<Long> meetingIds, Duration each)
            throws InterruptedException {
        return new LiveTracks(log, group, meetingIds, samples(each), AudioCodec.PCM_S16LE).fed();
    }

    /** The same tracks, not in real time but as fast as they are taken; returns when all of it is in Kafka. */
    public static void pour(EventLog log, List<SpeechLoop> group, List<Long> meetingIds, Duration each)
            throws InterruptedException {
        try (var tracks = new LiveTracks(log, group, meetingIds, samples(each), AudioCodec.PCM_S16LE)) {
            tracks.end();
        }
    }

    private static long samples(Duration length) {
        return length.toMillis() * SpeechLoop.SAMPLES_PER_MS;
    }

    private LiveTracks fed() {
        long burstNanos = PacedTrack.BURST.toNanos();
        for (int i = 0; i < tracks.size(); i++) {
            PacedTrack track = tracks.get(i);
            var unused = feeders.scheduleAtFixedRate(
                    () -> tick(track), burstNanos * i / tracks.size(), burstNanos, TimeUnit.NANOSECONDS);
        }
        return this;
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
            check();
            progress.accept(done);
            TimeUnit.MILLISECONDS.sleep(SHOW_EVERY.toMillis());
        }
    }

    private void check() {
        Throwable why = failure.get();
        if (why != null) {
            throw new IllegalStateException("a track could not be fed: " + why, why);
        }
    }

    private void tick(PacedTrack track) {
        try {
            if (track.tick()) {
                sessions.execute(() -> end(track));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void end(PacedTrack track) {
        try {
            track.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Ends all sessions that have not ended by themselves; returns when all audio is in Kafka. */
    public void end() throws InterruptedException {
        feeders.shutdown();
        if (!feeders.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the feeders did not end within " + PATIENCE.toSeconds() + " s");
        }
        all(tracks.stream().map(track -> Executors.callable(() -> end(track))).toList());
        check();
    }

    /** Does all of it at once; returns what came of each, in their order. */
    private <T> List<T> all(List<Callable<T>> tasks) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> done : sessions.invokeAll(tasks)) {
            try {
                results.add(done.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a session could not be fed: " + e.getCause(), e.getCause());
            }
        }
        return results;
    }

    /** Stops feeding at once; sessions that were not ended stay open. */
    @Override
    public void close() {
        feeders.shutdownNow();
        sessions.shutdownNow();
    }
}
