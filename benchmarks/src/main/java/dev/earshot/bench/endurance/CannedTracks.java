package dev.earshot.bench.endurance;

import dev.earshot.audio.domain.AudioTime;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventPublisher;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.AudioCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * So many speakers at any time, in real time: each says its part and ends, and another begins in its place, as in meetings
 * that come and go. One thread feeds them until closed.
 */
final class CannedTracks implements AutoCloseable {

    private static final Duration CHUNK = AudioTime.duration(AudioTime.CHUNK_SAMPLES);

    private final CannedSpeech speech;
    private final long chunksEach;
    private final int partitions;
    private final EventPublisher<AudioChunk> chunks;
    private final List<Seat> seats;
    private final ScheduledExecutorService feeder =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "feeder"));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int turn;

    private CannedTracks(EventLog log, CannedSpeech speech, int count, Duration each) {
        this.speech = speech;
        this.chunksEach = each.toMillis() / CHUNK.toMillis();
        this.partitions = log.topics().audioChunks().partitions();
        this.chunks = log.publisher(log.topics().audioChunks());
        this.seats = IntStream.range(0, count)
                .mapToObj(place -> new Seat(place, 1 + chunksEach * place / count))
                .toList();
    }

    static CannedTracks start(EventLog log, CannedSpeech speech, int count, Duration each) {
        var tracks = new CannedTracks(log, speech, count, each);
        var unused = tracks.feeder.scheduleAtFixedRate(tracks::feed, 0, CHUNK.toNanos() / count, TimeUnit.NANOSECONDS);
        return tracks;
    }

    /** Throws when a chunk could not be published. */
    void check() {
        Throwable why = failure.get();
        if (why != null) {
            throw new IllegalStateException("a track could not be fed: " + why, why);
        }
    }

    /** One chunk of the speaker whose turn it is. */
    private void feed() {
        Seat seat = seats.get(turn);
        turn = (turn + 1) % seats.size();
        AudioChunk chunk = seat.next();
        var unused = chunks.publish(chunk.getTrackId(), chunk, seat.place % partitions)
                .subscribe(position -> {}, error -> failure.compareAndSet(null, error));
    }

    @Override
    public void close() {
        feeder.shutdownNow();
        chunks.close();
    }

    /** Where one speaker follows the other. Only the feeder touches it. */
    private final class Seat {

        private final int place;
        private String session = UUID.randomUUID().toString();
        private long sequence;
        private long last;

        /** The first speakers end at different times, and so does everybody after them. */
        Seat(int place, long chunksOfFirst) {
            this.place = place;
            this.last = chunksOfFirst - 1;
        }

        AudioChunk next() {
            boolean ends = sequence == last;
            AudioChunk chunk = AudioChunk.newBuilder()
                    .setMeetingId(Integer.toString(place + 1))
                    .setSessionUid(session)
                    .setTrackId(session + ":t0")
                    .setSequence(sequence)
                    .setFirstSample(sequence * AudioTime.CHUNK_SAMPLES)
                    .setSampleCount(AudioTime.CHUNK_SAMPLES)
                    .setSampleRateHz(AudioTime.RATE_HZ)
                    .setCodec(AudioCodec.OPUS)
                    .setPayload(ByteBuffer.wrap(speech.chunk(sequence + (long) place * speech.chunks() / seats.size())))
                    .setLostSamples(0)
                    .setCapturedAt(Instant.now().minus(CHUNK))
                    .setEndOfTrack(ends)
                    .setLanguage(null)
                    .build();
            sequence++;
            if (ends) {
                session = UUID.randomUUID().toString();
                sequence = 0;
                last = chunksEach - 1;
            }
            return chunk;
        }
    }
}
