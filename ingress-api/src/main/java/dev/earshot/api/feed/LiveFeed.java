package dev.earshot.api.feed;

import dev.earshot.api.domain.LiveTrack;
import dev.earshot.api.domain.RefusedException;
import dev.earshot.api.domain.TranscriptEntry;
import dev.earshot.api.domain.TranscriptEntry.Kind;
import dev.earshot.api.feed.MeetingChannel.Joined;
import dev.earshot.api.feed.TranscriptStore.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * Every meeting's live feed on this node.
 *
 * <p>A viewer joins without a hole: it begins to follow, is told what it has missed up to that moment, from memory or from
 * the store, and then what has come since. Thread-safe. {@link #start} follows the topics until {@link #close}.
 */
public final class LiveFeed implements AutoCloseable {

    /** A cursor behind which nothing is missed. */
    public static final long FROM_NOW_ON = Long.MAX_VALUE;

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    static final int PAGE = 500;
    private static final Duration END_CHECK = Duration.ofMillis(500);
    private static final RetryBackoffSpec PATIENCE =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private static final class Slot {

        private final MeetingChannel channel;
        private @Nullable Mono<MeetingChannel> ready;
        private volatile Instant touched;
        private boolean filling;
        private boolean ending;
        private volatile long lastAtCheck = -1;

        private Slot(MeetingChannel channel, Instant touched) {
            this.channel = channel;
            this.touched = touched;
        }
    }

    private final TranscriptStore store;
    private final LiveTracks live;
    private final FrameEncoder encoder;
    private final LiveFeedConfig config;
    private final Scheduler scheduler;
    private final Map<Long, Slot> slots = new ConcurrentHashMap<>();
    private final Disposable.Composite running = Disposables.composite();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final AtomicBoolean storeAway = new AtomicBoolean();
    private volatile boolean stalled;

    public LiveFeed(
            TranscriptStore store, LiveTracks live, FrameEncoder encoder, LiveFeedConfig config, Scheduler scheduler) {
        this.store = store;
        this.live = live;
        this.encoder = encoder;
        this.config = config;
        this.scheduler = scheduler;
    }

    /**
     * Follows the two topics, each from its newest record.
     *
     * @param answers whether the topics' broker is there, whenever that has changed
     */
    public void start(Flux<TranscriptEntry> entries, Flux<LiveTrack> tracks, Flux<Boolean> answers) {
        running.add(entries.subscribe(entry -> guarded(entry.meetingId(), () -> entry(entry))));
        running.add(tracks.subscribe(track -> guarded(track.meetingId(), () -> live(track))));
        running.add(answers.subscribe(this::brokerAnswers));
        running.add(Flux.interval(config.heartbeat(), scheduler)
                .onBackpressureDrop()
                .subscribe(tick -> beat()));
    }

    /**
     * What a viewer that has seen everything up to a cursor is to be sent: whole server-sent events, starting now, without
     * end while the meeting may still grow. Empty when nothing more will ever come; an error when there is no such meeting.
     * The events also end, without a word, when more would have come: clients of this kind come back on their own.
     *
     * @param home what runs tasks on the thread that writes to the viewer's connection
     */
    public Mono<Flux<byte[]>> watch(long meetingId, long cursor, Executor home) {
        return watched(meetingId, cursor, home).map(frames -> frames.onErrorComplete(FeedCutException.class)
                .map(Frame::bytes)
                .startWith(RETRY));
    }

    /**
     * The same, as frames; {@link #FROM_NOW_ON} as the cursor leaves out what was said before. They fail with {@link
     * FeedCutException} when more would have come.
     */
    public Mono<Flux<Frame>> frames(long meetingId, long cursor) {
        return watched(meetingId, cursor, Runnable::run);
    }

    private Mono<Flux<Frame>> watched(long meetingId, long cursor, Executor home) {
        return ready(meetingId)
                .filter(channel -> !(channel.hasEnded() && channel.last() <= cursor))
                .map(channel -> Flux.defer(() -> follow(channel, cursor, home)));
    }

    /** The pending text of a meeting, one record per track. */
    public Mono<List<LiveTrack>> pending(long meetingId) {
        return live.of(meetingId)
                .collectList()
                .map(tracks -> slot(meetingId).channel.pending(tracks));
    }

    /** Ends a meeting's feeds and forgets what was said in it: it was deleted. Other nodes find out within a heartbeat. */
    public void forget(long meetingId) {
        Slot slot = slots.remove(meetingId);
        if (slot != null) {
            slot.channel.forget();
        }
    }

    /** How many feeds are open. */
    public int viewers() {
        return slots.values().stream().mapToInt(slot -> slot.channel.viewers()).sum();
    }

    private Flux<Frame> follow(MeetingChannel channel, long cursor, Executor home) {
        var viewer = new Viewer(config.waitingLimit(), home, cursor == FROM_NOW_ON ? 0 : cursor);
        Joined joined = channel.join(viewer);
        if (joined == null) {
            // Forgotten since it was made ready, because nobody watched for long.
            return watched(channel.meetingId(), cursor, home).flatMapMany(frames -> frames);
        }
        if (channel.isOver()) {
            checkEnd(slot(channel.meetingId()));
        }
        return Flux.concat(opening(joined), missed(channel, cursor, joined.upTo()), viewer.frames())
                .doFinally(signal -> channel.leave(viewer));
    }

    private Flux<Frame> opening(Joined joined) {
        return stalled ? Flux.just(joined.status(), encoder.health(true)) : Flux.just(joined.status());
    }

    /** Whoever watches is to know that nothing new can come, rather than to think that nobody speaks. */
    private void brokerAnswers(boolean answers) {
        if (stalled == answers) {
            stalled = !answers;
            log.info(answers ? "feeds_go_on" : "feeds_stalled reason=\"Kafka does not answer\"");
            Frame frame = encoder.health(!answers);
            slots.values().forEach(slot -> slot.channel.tell(frame));
        }
    }

    /** Whether what is said now can reach us. */
    public boolean isStalled() {
        return stalled;
    }

    private Flux<Frame> missed(MeetingChannel channel, long cursor, long upTo) {
        return Flux.defer(() -> new Missed(
                        channel, store, scheduler, new RowPatience(config, scheduler), new Missed.Span(cursor, upTo))
                .frames());
    }

    private Mono<MeetingChannel> ready(long meetingId) {
        Slot slot = slot(meetingId);
        synchronized (slot) {
            slot.touched = now();
            if (slot.ready == null) {
                slot.channel.startLoading();
                slot.ready = load(slot).doOnError(error -> cool(slot)).cache();
            }
            return slot.ready;
        }
    }

    private Mono<MeetingChannel> load(Slot slot) {
        MeetingChannel channel = slot.channel;
        long id = channel.meetingId();
        return Mono.zip(
                        store.about(id).switchIfEmpty(Mono.error(() -> RefusedException.notFound("Meeting not found"))),
                        store.newest(id, config.entriesKept()).collectList(),
                        live.of(id).collectList(),
                        store.ending(id, now()))
                .map(read -> {
                    List<TranscriptEntry> newest = read.getT2();
                    long last =
                            newest.isEmpty() ? 0 : newest.get(newest.size() - 1).seq();
                    Ending ending = read.getT4();
                    channel.warm(read.getT1(), newest, read.getT3(), ending.ended() && last >= ending.last());
                    if (channel.hasHole()) {
                        fill(slot);
                    }
                    return channel;
                });
    }

    /** What goes wrong with one record must not end the feeds of all meetings. */
    private static void guarded(long meetingId, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("feed_step_failed meeting_id={}", meetingId, e);
        }
    }

    private void live(LiveTrack track) {
        Slot slot = slot(track.meetingId());
        slot.touched = now();
        slot.channel.live(track);
    }

    private void entry(TranscriptEntry entry) {
        Slot slot = slot(entry.meetingId());
        offer(slot, entry);
        if ((entry.kind() == Kind.STATUS || entry.kind() == Kind.COMPLETE) && slot.channel.viewers() > 0) {
            checkEnd(slot);
        }
    }

    private void offer(Slot slot, TranscriptEntry entry) {
        if (slot.channel.entry(entry)) {
            fill(slot);
        }
    }

    /** Reads what the topic left out, as often as it takes: the rows are written, or will be, or never come. */
    private void fill(Slot slot) {
        synchronized (slot) {
            if (slot.filling) {
                return;
            }
            slot.filling = true;
        }
        MeetingChannel channel = slot.channel;
        log.info("feed_hole meeting_id={} after_seq={}", channel.meetingId(), channel.last());
        var patience = new RowPatience(config, scheduler);
        Mono.defer(() -> reread(channel, patience))
                .retryWhen(PATIENCE.scheduler(scheduler))
                .then(Mono.defer(() -> Mono.delay(patience.pause(), scheduler)))
                .repeat(channel::hasHole)
                .takeUntilOther(closed.asMono())
                .doFinally(signal -> {
                    synchronized (slot) {
                        slot.filling = false;
                    }
                    // An entry that came between the last look and now found this at work, and left the hole to it.
                    if (channel.hasHole() && !running.isDisposed()) {
                        fill(slot);
                    }
                })
                .subscribe();
    }

    private Mono<Void> reread(MeetingChannel channel, RowPatience patience) {
        long before = channel.last();
        return store.after(channel.meetingId(), before, PAGE)
                .doOnNext(channel::entry)
                .then(Mono.fromRunnable(() -> {
                    if (channel.last() > before) {
                        patience.renew();
                    } else if (patience.isOverNow()) {
                        log.warn("feed_hole_given_up meeting_id={} after_seq={}", channel.meetingId(), before);
                        channel.giveUpHole();
                        patience.renew();
                    }
                }));
    }

    /** Asks whether the meeting's feeds may end, again and again once the meeting is over. */
    private void checkEnd(Slot slot) {
        synchronized (slot) {
            if (slot.ending || slot.channel.hasEnded()) {
                return;
            }
            slot.ending = true;
        }
        MeetingChannel channel = slot.channel;
        Flux.interval(Duration.ZERO, END_CHECK, scheduler)
                .onBackpressureDrop()
                .concatMap(
                        tick -> store.ending(channel.meetingId(), now()).flatMap(ending -> catchUp(slot, ending.last())
                                .then(Mono.fromSupplier(() -> ending.ended() && channel.end(ending.last())))))
                .takeUntilOther(closed.asMono())
                .takeUntil(done -> done || !channel.isOver() || channel.viewers() == 0)
                .doFinally(signal -> {
                    synchronized (slot) {
                        slot.ending = false;
                    }
                })
                .subscribe(done -> storeAnswers(), this::storeIsAway);
    }

    /** Said once for all meetings: while the store is away, each of them asks again with every heartbeat. */
    private void storeIsAway(Throwable error) {
        if (!storeAway.getAndSet(true)) {
            log.warn("feed_ends_wait reason=\"{}\"", error.toString());
        }
    }

    private void storeAnswers() {
        if (storeAway.getAndSet(false)) {
            log.info("feed_ends_go_on");
        }
    }

    /**
     * Reads what the topic should have brought and did not: after an outage of the broker the newest entries may be missing
     * without a later one that would tell. The topic is given from one look to the next.
     */
    private Mono<Void> catchUp(Slot slot, long last) {
        MeetingChannel channel = slot.channel;
        long before = slot.lastAtCheck;
        slot.lastAtCheck = channel.last();
        return last > channel.last() && before == channel.last()
                ? store.after(channel.meetingId(), channel.last(), PAGE)
                        .doOnNext(entry -> offer(slot, entry))
                        .then()
                : Mono.empty();
    }

    private void beat() {
        if (!slots.isEmpty()) {
            store.deleted(List.copyOf(slots.keySet())).subscribe(this::forget, this::storeIsAway, this::storeAnswers);
        }
        Instant longAgo = now().minus(config.coolAfter());
        for (Slot slot : slots.values()) {
            if (slot.channel.viewers() > 0) {
                slot.channel.tell(FrameEncoder.heartbeat());
                checkEnd(slot);
            } else if (slot.touched.isBefore(longAgo)) {
                cool(slot);
                slots.remove(slot.channel.meetingId(), slot);
            }
        }
    }

    private void cool(Slot slot) {
        synchronized (slot) {
            slot.ready = null;
            slot.channel.cool();
        }
    }

    private Slot slot(long meetingId) {
        return slots.computeIfAbsent(
                meetingId, id -> new Slot(new MeetingChannel(id, config.entriesKept(), encoder), now()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        running.dispose();
        closed.tryEmitEmpty();
        slots.values().forEach(slot -> slot.channel.cutAll(FeedCutException.Reason.GOING_AWAY));
    }
}
