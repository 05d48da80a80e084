package dev.earshot.audio;

import dev.earshot.audio.codec.ChunkEncoder;
import dev.earshot.audio.domain.AudioTime;
import dev.earshot.audio.domain.ChunkFramer;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.audio.domain.Frame;
import dev.earshot.schema.avro.AudioChunk;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;
import reactor.util.retry.Retry;

/**
 * One track on its way into Kafka: takes bursts of any size, publishes chunks of 200 ms.
 *
 * <p>Chunks go out one after the other, each after the one before it is safe, so a chunk that has to be offered again never
 * overtakes or is overtaken. At most {@value #ROOM} chunks (10 s) wait; then {@link #write} blocks until there is room. One
 * writing thread at a time.
 */
public final class TrackWriter {

    /** Chunks that may wait for Kafka. */
    static final int ROOM = 50;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final Logger log = LoggerFactory.getLogger(TrackWriter.class);

    /** Kafka comes back or the process ends: audio is not given up before that. */
    private static final Retry UNTIL_TAKEN =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private final TrackInfo track;
    private final int partition;
    private final ChunkSink sink;
    private final AudioEvents events;
    private final ChunkEncoder encoder;
    private final ChunkFramer framer;
    private final Semaphore room = new Semaphore(ROOM);
    private final CountDownLatch allPublished = new CountDownLatch(1);
    private final Sinks.Many<AudioChunk> waiting = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<AudioChunk>get(ROOM).get());
    private final Disposable publishing;
    private volatile DecodingOptions options;
    /** Until when to wait for room, by the clock of {@link System#nanoTime}; far away until the track ends. */
    private long deadline = System.nanoTime() + Long.MAX_VALUE / 2;
    /** The writing thread was interrupted while it waited: what it held is left out, what waits for Kafka is not. */
    private boolean interrupted;

    TrackWriter(TrackInfo track, int partition, ChunkSink sink, AudioEvents events, Runnable onEnded) {
        this.track = track;
        this.partition = partition;
        this.sink = sink;
        this.events = events;
        this.options = track.options();
        this.encoder = ChunkEncoder.of(track.codec());
        this.framer = new ChunkFramer(encoder.history(), encoder.lookahead(), this::send);
        this.publishing = waiting.asFlux()
                .concatMap(this::publish, 1)
                .doFinally(signal -> {
                    onEnded.run();
                    allPublished.countDown();
                })
                .subscribe();
    }

    /** The track that is written. */
    public TrackInfo track() {
        return track;
    }

    /** The partition of the audio topic that it goes to. */
    public int partition() {
        return partition;
    }

    /** Audio time of the sample that is expected next; -1 before the first. */
    public long nextSample() {
        return framer.nextSample();
    }

    /** What is asked for from the next chunk on. From any thread. */
    public void options(DecodingOptions newOptions) {
        options = newOptions;
    }

    /**
     * Takes the next samples. What lies between the last burst and this one is filled with zeros and counted as lost; what
     * was written before is ignored. Blocks while Kafka is behind.
     *
     * @param samples 16 kHz mono
     * @param firstSample audio time of the first one, not negative
     * @param capturedAt wall clock when the first one was captured
     * @param lostSamples how many of them, counted from the first, are zeros that stand in for audio that capture lost
     * @throws InterruptedException when the thread was interrupted while it waited; the burst is then partly written, and the
     *     track can only be ended
     */
    public void write(short[] samples, long firstSample, Instant capturedAt, int lostSamples)
            throws InterruptedException {
        framer.write(samples, firstSample, capturedAt, lostSamples);
        rethrowInterrupt();
    }

    /**
     * Ends the track and returns; the rest of it goes to Kafka by itself. Blocks as {@link #write} does.
     *
     * @throws InterruptedException when the thread was interrupted while it waited
     */
    public void finish() throws InterruptedException {
        interrupted = false;
        framer.end();
        waiting.tryEmitComplete();
        rethrowInterrupt();
    }

    /**
     * Ends the track if it has not ended, and returns when all of it is in Kafka. Ending twice does nothing more.
     *
     * @throws TimeoutException when Kafka did not take the rest in time; it is then given up
     * @throws InterruptedException when the thread was interrupted; the rest is then given up, too
     */
    public void end(Duration patience) throws InterruptedException, TimeoutException {
        deadline = System.nanoTime() + patience.toNanos();
        boolean inKafka = false;
        try {
            finish();
            inKafka = allPublished.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!inKafka) {
                abandon();
            }
        }
        if (!inKafka) {
            throw new TimeoutException("track " + track.trackId() + ": Kafka did not take the rest of its audio within "
                    + patience.toSeconds() + " s");
        }
    }

    /** Gives the track up without an end: for a process that must go. Its chunks in Kafka stay. */
    public void abandon() {
        publishing.dispose();
    }

    private void send(Frame frame) {
        DecodingOptions asked = options;
        byte[] payload = encoder.encode(frame.window(), frame.sampleCount());
        var chunk = AudioChunk.newBuilder()
                .setMeetingId(track.meetingId())
                .setSessionUid(track.sessionUid())
                .setTrackId(track.trackId())
                .setSequence(frame.sequence())
                .setFirstSample(frame.firstSample())
                .setSampleCount(frame.sampleCount())
                .setSampleRateHz(AudioTime.RATE_HZ)
                .setCodec(track.codec())
                .setPayload(ByteBuffer.wrap(payload))
                .setLostSamples(frame.lostSamples())
                .setCapturedAt(frame.capturedAt())
                .setEndOfTrack(frame.endOfTrack())
                .setLanguage(asked.language())
                .setTask(asked.task())
                .build();
        if (takeRoom()) {
            waiting.tryEmitNext(chunk).orThrow();
        }
    }

    /** False when the frame has to be left out: the thread was interrupted, or the track's end has waited for too long. */
    private boolean takeRoom() {
        if (interrupted || room.tryAcquire()) {
            return !interrupted;
        }
        long start = System.nanoTime();
        boolean taken = false;
        try {
            long left = deadline - start;
            while (!taken && left > 0) {
                taken = room.tryAcquire(Math.min(SECOND, left), TimeUnit.NANOSECONDS);
                left = deadline - System.nanoTime();
                if (!taken && publishing.isDisposed()) {
                    throw new IllegalStateException("track " + track.trackId() + " was given up");
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        events.writeDelayed(Duration.ofNanos(System.nanoTime() - start));
        return taken;
    }

    private void rethrowInterrupt() throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException(
                    "interrupted while Kafka was behind; track " + track.trackId() + " takes no more audio");
        }
    }

    private Mono<Void> publish(AudioChunk chunk) {
        return Mono.defer(() -> sink.publish(chunk, partition))
                .doOnError(reason -> {
                    events.publishRetried(reason);
                    log.debug("chunk_retried track_id={} reason=\"{}\"", track.trackId(), reason.toString());
                })
                .retryWhen(UNTIL_TAKEN)
                .doOnSuccess(position -> {
                    room.release();
                    events.chunkPublished(
                            chunk.getSampleCount(),
                            chunk.getLostSamples(),
                            chunk.getPayload().remaining());
                })
                .then();
    }
}
