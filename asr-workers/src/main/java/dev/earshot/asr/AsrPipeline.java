package dev.earshot.asr;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.Chunk;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.asr.port.SpeechDetector;
import dev.earshot.asr.wire.ChunkReader;
import dev.earshot.asr.wire.HypothesisWriter;
import dev.earshot.asr.wire.TrackIdentity;
import dev.earshot.asr.wire.UnreadableChunkException;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.schema.avro.AudioChunk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.util.retry.Retry;

/**
 * The way of a chunk through the worker: decode its audio, let its track decide, decode the speech, publish, account, commit.
 * All of it on the track loop but the recogniser, which has its own thread. A failure of the broker drops all state and
 * begins again from what was committed.
 */
final class AsrPipeline implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(100);
    /** A chunk sent before this may still be on its way: the pause that the log will show must be the full one. */
    private static final Duration PAUSE_MARGIN = Duration.ofSeconds(1);

    /** A broker that is silent for longer is away. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(2);
    /**
     * An idle track holds back its partition for so many times what makes it idle, two minutes with the default: if it comes
     * back, the next owner must know what it said.
     */
    private static final int HOLD_IDLE = 12;

    /** After this an idle track is forgotten. */
    private static final Duration FORGET_IDLE = Duration.ofHours(6);

    private final AsrConfig config;
    private final EventLog eventLog;
    private final AsrEvents events;
    private final InstantSource clock;
    private final TrackLoop loop = new TrackLoop(this::failed);
    private final ChunkReader reader = new ChunkReader();
    private final @Nullable SpeechDetector detector;
    private final SpeechFinder finder;
    private final Transcriber transcriber;
    private final Map<Integer, AudioPartition> partitions = new HashMap<>();
    private final Restarts restarts;

    private volatile @Nullable ChunkSubscriber receiving;
    private volatile WorkerLoad load = WorkerLoad.NONE;
    /** How long Kafka has not answered; zero while it does. */
    private volatile Duration away = Duration.ZERO;

    private volatile boolean closed;

    /** Owns the recogniser, and the detector if there is one. */
    AsrPipeline(
            AsrConfig config,
            EventLog eventLog,
            Recognizer recognizer,
            @Nullable SpeechDetector detector,
            AsrEvents events,
            InstantSource clock) {
        this.config = config;
        this.eventLog = eventLog;
        this.events = events;
        this.clock = clock;
        this.detector = detector;
        this.finder = new SpeechFinder(detector, loop, this::decide);
        var publisher = new HypothesisPublisher(
                eventLog.publisher(eventLog.topics().hypotheses()),
                new HypothesisWriter(recognizer.model()),
                loop,
                events,
                this::failed);
        this.transcriber = new Transcriber(recognizer, config, loop, publisher, events, new Chunks());
        this.restarts = new Restarts(RESTART_PAUSE, loop, new Receiving(), events);
    }

    void start() {
        loop.execute(restarts::begin);
        loop.every(TICK, this::tick);
    }

    /** Why no chunks are taken; null when they are. */
    @Nullable
    String trouble() {
        if (closed) {
            return "closed";
        }
        Duration silent = away;
        return silent.isZero() ? restarts.trouble() : "Kafka has not answered for " + silent.toSeconds() + " s";
    }

    /** What goes on between failures. */
    private final class Receiving implements Restarts.Work {

        @Override
        public void begin() {
            if (!closed) {
                var subscriber = new ChunkSubscriber(
                        AsrPipeline.this::chunk, AsrPipeline.this::failed, AsrPipeline.this::isBehind, loop);
                receiving = subscriber;
                subscriber.receive(eventLog, AsrPipeline.this::partition, AsrPipeline.this::leave);
            }
        }

        /** What was not committed comes again. */
        @Override
        public void drop() {
            stopReceiving();
            partitions.values().forEach(AudioPartition::leave);
            partitions.clear();
            finder.clear();
            transcriber.clear();
        }
    }

    private final class Chunks implements Transcriber.Owner {

        @Override
        public void finished(ListenedTrack track) {
            track.partition.end(track);
            countTracks();
        }

        @Override
        public boolean readsBacklog() {
            return AsrPipeline.this.readsBacklog(clock.instant());
        }

        @Override
        public void roomMade() {
            ChunkSubscriber subscriber = receiving;
            if (subscriber != null) {
                subscriber.goOn();
            }
        }
    }

    private void stopReceiving() {
        ChunkSubscriber subscriber = receiving;
        if (subscriber != null) {
            subscriber.dispose();
        }
    }

    /** A turn is over. The partition may be here again by now, in another turn that is none of its business. */
    private void leave(Turn turn) {
        AudioPartition partition = partitions.get(turn.partition());
        if (partition != null && partition.turn == turn) {
            partitions.remove(turn.partition());
            partition.leave();
            countTracks();
        }
    }

    /** A turn starts from nothing: what was committed says where. */
    private AudioPartition partition(Turn turn) {
        AudioPartition held = partitions.get(turn.partition());
        if (held != null && held.turn == turn) {
            return held;
        }
        if (held != null) {
            leave(held.turn);
        }
        var partition = new AudioPartition(turn, clock.instant());
        partitions.put(turn.partition(), partition);
        return partition;
    }

    private void chunk(Turn turn, Received<AudioChunk> received) {
        AudioPartition partition = partition(turn);
        if (!partition.ledger.received(received.offset(), received::acknowledge)) {
            // The receiver went back to what was committed: so do we.
            partition.leave();
            partition = new AudioPartition(turn, clock.instant());
            partitions.put(turn.partition(), partition);
            partition.ledger.received(received.offset(), received::acknowledge);
        }
        partition.attention.read(received.producedAt(), clock.instant());
        AudioChunk record = received.value();
        int frames = Math.max(0, record.getSampleCount() / AudioTime.FRAME_SAMPLES);
        events.framesReceived(frames);
        Chunk chunk = read(received, partition);
        if (chunk == null || partition.hasEnded(record.getTrackId())) {
            events.framesDropped(frames, chunk == null ? AsrEvents.Dropped.UNREADABLE : AsrEvents.Dropped.DUPLICATE);
            return;
        }
        ListenedTrack track = track(record, partition);
        finder.settle(track);
        if (track.track.knows(chunk)) {
            events.framesDropped(frames, AsrEvents.Dropped.DUPLICATE);
            return;
        }
        if (chunk.samples() == null) {
            events.framesDropped(frames, AsrEvents.Dropped.UNREADABLE);
        } else {
            events.framesAccepted(frames);
        }
        track.lastProducedAt = received.producedAt();
        track.lastHandledAt = clock.instant();
        track.idle = false;
        track.track.take(chunk);
        partition.ledger.hold(track.id(), track.track.holdOffset());
        finder.heard(track);
    }

    /** The speech in what a track has taken in is found. */
    private void decide(ListenedTrack track) {
        transcriber.act(track, track.track.decide());
        track.lagWhenHandled = lag(track);
    }

    private @Nullable Chunk read(Received<AudioChunk> received, AudioPartition partition) {
        try {
            return reader.read(received.value(), received.offset(), received.producedAt());
        } catch (UnreadableChunkException e) {
            bury(received, partition, e);
        }
        try {
            return reader.place(received.value(), received.offset(), received.producedAt());
        } catch (UnreadableChunkException e) {
            // Not even its place is known: the next chunk's number tells of the hole.
            return null;
        }
    }

    /** The offset waits until the bytes are safe among the dead letters. */
    private void bury(Received<AudioChunk> received, AudioPartition partition, UnreadableChunkException reason) {
        String hold = "dead letter " + received.offset();
        partition.ledger.hold(hold, received.offset());
        eventLog.deadLetter(eventLog.topics().audioChunks(), received, reason)
                .retryWhen(Retry.backoff(10, Duration.ofMillis(200)))
                .subscribe(
                        done -> {},
                        error -> loop.execute(() -> failed(error)),
                        () -> loop.execute(() -> partition.ledger.release(hold)));
    }

    private ListenedTrack track(AudioChunk record, AudioPartition partition) {
        ListenedTrack known = partition.tracks.get(record.getTrackId());
        if (known != null) {
            return known;
        }
        var track =
                new ListenedTrack(TrackIdentity.of(record, partition.number), partition, config.rules(), finder.gate());
        partition.tracks.put(track.id(), track);
        countTracks();
        return track;
    }

    private void tick() {
        finder.findAll();
        Instant now = clock.instant();
        boolean holdsBack = isBehind();
        boolean backlog = readsBacklog(now);
        boolean forgotten = false;
        for (AudioPartition partition : partitions.values()) {
            Attention attention = partition.attention;
            attention.tick(now, holdsBack, backlog, partition.turn.hasAnswered());
            forgotten |=
                    partition.tracks.values().removeIf(track -> idle(track, track.silentFor(now, attention.since())));
            partition.commit();
        }
        if (forgotten) {
            countTracks();
        }
        weigh(now);
    }

    private void weigh(Instant now) {
        boolean heldBack = isBehind();
        int tracks = 0;
        Duration lag = Duration.ZERO;
        Duration longest = Duration.ZERO;
        for (AudioPartition partition : partitions.values()) {
            Duration unanswered = partition.attention.unanswered(now);
            boolean isAway = unanswered.compareTo(AWAY) > 0;
            longest = isAway && unanswered.compareTo(longest) > 0 ? unanswered : longest;
            for (ListenedTrack track : partition.tracks.values()) {
                Duration its = track.lag(now, heldBack || isAway);
                lag = its.compareTo(lag) > 0 ? its : lag;
                tracks++;
            }
        }
        away = longest;
        load = new WorkerLoad(tracks, lag, transcriber.backlogSeconds());
        events.audioLag(lag);
    }

    /** As of the last tick. */
    WorkerLoad load() {
        return load;
    }

    /** Looks after a track from which nothing has come for a while. True when it is to be forgotten. */
    private boolean idle(ListenedTrack track, Duration silent) {
        Duration idle = silent.minusMillis(config.rules().pauseMs()).minus(PAUSE_MARGIN);
        if (idle.isNegative()) {
            return false;
        }
        if (!track.idle) {
            track.idle = true;
            transcriber.act(track, track.track.flush());
        }
        if (idle.toMillis() > (long) HOLD_IDLE * config.rules().pauseMs() && !track.track.hasUnreported()) {
            track.partition.ledger.release(track.id());
        }
        if (idle.compareTo(FORGET_IDLE) > 0 && !track.track.hasUnreported()) {
            track.gone = true;
            return true;
        }
        return false;
    }

    private boolean readsBacklog(Instant now) {
        return partitions.values().stream().anyMatch(partition -> partition.attention.readsBacklog(now));
    }

    private boolean isBehind() {
        return transcriber.backlogSeconds() > config.backlogMax();
    }

    private void countTracks() {
        events.tracks(
                partitions.values().stream().mapToInt(p -> p.tracks.size()).sum());
    }

    private Duration lag(ListenedTrack track) {
        Instant heardTo = Instant.EPOCH.plusNanos(track.track.capturedAt(track.track.heardTo()) * 1000);
        return Duration.between(heardTo, clock.instant());
    }

    /** On the loop. */
    private void failed(Throwable reason) {
        if (!closed) {
            restarts.failed(reason);
        }
    }

    /** Stops at once: what is not finished is the next owner's. */
    @Override
    public void close() {
        closed = true;
        stopReceiving();
        transcriber.close();
        loop.close();
        if (detector != null) {
            detector.close();
        }
        // The loop may just have begun to receive again.
        stopReceiving();
    }
}
