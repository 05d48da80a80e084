package dev.earshot.asr;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.avro.AudioChunk;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.core.publisher.BaseSubscriber;

/**
 * Takes chunks one after the other on the track loop and asks for no more while the worker is behind: the broker keeps them
 * meanwhile.
 */
final class ChunkSubscriber extends BaseSubscriber<Received<AudioChunk>> {

    private static final String GROUP = "asr-workers";
    /** Chunks on their way to the loop, and what a poll may bring: half a second of fifty tracks. */
    private static final int IN_HAND = 128;

    private final Consumer<Received<AudioChunk>> chunks;
    private final Consumer<Throwable> failed;
    private final BooleanSupplier isBehind;
    private int owed;

    ChunkSubscriber(Consumer<Received<AudioChunk>> chunks, Consumer<Throwable> failed, BooleanSupplier isBehind) {
        this.chunks = chunks;
        this.failed = failed;
        this.isBehind = isBehind;
    }

    /** Begins to receive; {@code changed} hears on the loop of partitions that come or go. */
    void receive(EventLog log, TrackLoop loop, Consumer<Collection<Integer>> changed) {
        Consumer<Collection<Integer>> onLoop = numbers -> loop.execute(() -> changed.accept(numbers));
        log.receive(
                        log.topics().audioChunks(),
                        Subscription.group(GROUP).withMaxPollRecords(IN_HAND).onPartitions(onLoop, onLoop))
                .publishOn(loop.scheduler(), IN_HAND)
                .subscribe(this);
    }

    @Override
    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
        request(IN_HAND);
    }

    @Override
    protected void hookOnNext(Received<AudioChunk> received) {
        chunks.accept(received);
        owed++;
        goOn();
    }

    /** Asks for more if the worker can take it. */
    void goOn() {
        if (owed > 0 && !isBehind.getAsBoolean()) {
            int more = owed;
            owed = 0;
            request(more);
        }
    }

    @Override
    protected void hookOnError(Throwable error) {
        failed.accept(error);
    }
}
