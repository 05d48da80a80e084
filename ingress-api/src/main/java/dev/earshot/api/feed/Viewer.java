package dev.earshot.api.feed;

import dev.earshot.api.domain.ViewerQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** One open feed: frames are put in at its home and go out as fast as the client takes them. Thread-safe. */
final class Viewer {

    private final ViewerQueue<Frame> queue;
    private final Executor home;
    private final long cursor;
    private final AtomicInteger draining = new AtomicInteger();
    private volatile @Nullable FluxSink<Frame> sink;
    private volatile @Nullable FeedCutException cut;

    /**
     * @param limit lasting frames that may wait
     * @param home where frames are put in: best the thread that writes them
     * @param cursor up to which the client has everything
     */
    Viewer(int limit, Executor home, long cursor) {
        this.queue = new ViewerQueue<>(limit);
        this.home = home;
        this.cursor = cursor;
    }

    Executor home() {
        return home;
    }

    long cursor() {
        return cursor;
    }

    void offer(Frame frame) {
        ViewerQueue.Key key = frame.key();
        if (frame.seq() == 0 && key != null) {
            queue.offer(key, frame);
        } else if (!queue.offerLasting(frame, key)) {
            cut = new FeedCutException(FeedCutException.Reason.TOO_SLOW);
        }
        drain();
    }

    /** Ends the feed once everything that waits has gone out. */
    void end() {
        queue.end();
        drain();
    }

    /** Ends the feed likewise, and says that more would have come. */
    void cut(FeedCutException.Reason why) {
        cut = new FeedCutException(why);
        end();
    }

    /** The frames, for one subscriber; fails with {@link FeedCutException} when more would have come. */
    Flux<Frame> frames() {
        return Flux.create(
                subscriber -> {
                    sink = subscriber;
                    subscriber.onRequest(n -> drain());
                    drain();
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    private void drain() {
        FluxSink<Frame> out = sink;
        if (out == null || draining.getAndIncrement() != 0) {
            return;
        }
        int rounds = 1;
        do {
            sendWhatIsAskedFor(out);
            if (queue.isFinished()) {
                finish(out);
            }
            rounds = draining.addAndGet(-rounds);
        } while (rounds != 0);
    }

    private void finish(FluxSink<Frame> out) {
        FeedCutException why = cut;
        if (why == null) {
            out.complete();
        } else {
            out.error(why);
        }
    }

    private void sendWhatIsAskedFor(FluxSink<Frame> out) {
        while (out.requestedFromDownstream() > 0) {
            Frame frame = queue.poll();
            if (frame == null) {
                return;
            }
            out.next(frame);
        }
    }
}
