package dev.earshot.asr;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.avro.AudioChunk;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.core.publisher.BaseSubscriber;

/**
 * Takes chunks one after the other on the track loop and asks for no more while the worker is behind: the broker keeps them
 * meanwhile.
 */
final class ChunkSubscriber extends BaseSubscriber<ChunkSubscriber.InTurn> {

    /** A chunk and the turn of its partition that it came in. */
    record InTurn(Turn turn, Received<AudioChunk> received) {}

    /** Chunks on their way to the loop, and what a poll may bring: half a second of fifty tracks. */
    private static final int IN_HAND = 128;
    /** Chunks taken one right after the other: what the decoder has to say comes between two rounds. */
    private static final int ROUND = 32;

    private final BiConsumer<Turn, Received<AudioChunk>> chunks;
    private final Consumer<Throwable> failed;
    private final BooleanSupplier isBehind;
    private final TrackLoop loop;
    private final Turns turns = new Turns();
    private int owed;

    ChunkSubscriber(
            BiConsumer<Turn, Received<AudioChunk>> chunks,
            Consumer<Throwable> failed,
            BooleanSupplier isBehind,
            TrackLoop loop) {
        this.chunks = chunks;
        this.failed = failed;
        this.isBehind = isBehind;
        this.loop = loop;
    }

    /** Begins to receive; {@code begun} and {@code ended} hear on the loop of turns that begin and are over. */
    void receive(EventLog log, Consumer<Turn> begun, Consumer<Turn> ended) {
        log.receive(
                        log.topics().audioChunks(),
                        Subscription.group(AsrWorkers.GROUP)
                                .withMaxPollRecords(IN_HAND)
                                .onPartitions(
                                        numbers -> {
                                            List<Turn> turnsBegun = turns.begin(numbers);
                                            loop.execute(() -> turnsBegun.stream()
                                                    .filter(this::goesOn)
                                                    .forEach(begun));
                                        },
                                        numbers -> {
                                            List<Turn> over = turns.end(numbers);
                                            loop.execute(() -> over.forEach(ended));
                                        })
                                .onAnswers(turns::answered))
                .<InTurn>handle((received, sink) -> {
                    Turn turn = turns.of(received.partition());
                    // Asked after the turn: a chunk that is still held came in this turn and in no earlier one.
                    if (turn != null && received.isHeld()) {
                        sink.next(new InTurn(turn, received));
                    }
                })
                .publishOn(loop.scheduler(), IN_HAND)
                .subscribe(this);
    }

    private boolean goesOn(Turn turn) {
        return !isDisposed() && turns.isCurrent(turn);
    }

    @Override
    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
        request(ROUND);
    }

    @Override
    protected void hookOnNext(InTurn chunk) {
        try {
            if (turns.isCurrent(chunk.turn())) {
                chunks.accept(chunk.turn(), chunk.received());
            }
            owed++;
            if (owed == ROUND) {
                loop.execute(this::goOn);
            }
        } catch (Throwable e) {
            // An Error, too: Reactor would let it end this task and leave the worker waiting for chunks for ever.
            failed.accept(e);
        }
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
