package dev.earshot.asr;

import dev.earshot.asr.domain.AudioTime;
import dev.earshot.asr.domain.BatchLimit;
import dev.earshot.asr.domain.DecodeQueue;
import dev.earshot.asr.domain.Transcription;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.Recognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings windows of many tracks to the one thread that decodes, in batches, and their transcriptions back to the track loop.
 * While the decoder works, the next batch gathers by itself; only while it is idle do partials wait for company, and finals for
 * what comes with them. Finals go before partials, of which no more are decoded together than a final can wait for.
 *
 * <p>Owns the recogniser. Called by the track loop only; the queue is bounded by one partial per track and by the worker,
 * which stops reading when {@link #backlogSeconds} gets too high.
 */
final class DecodeLane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DecodeLane.class);

    private static final Window SILENCE = new Window(new float[AudioTime.SAMPLE_RATE_HZ]);

    /** How often to see whether partials may be decoded again. */
    private static final Duration PARTIALS_WAIT = Duration.ofMillis(100);

    /** So long may a batch of partials take, if it is more than one: a final that comes meanwhile waits for it. */
    private static final Duration PARTIALS_TAKE = Duration.ofMillis(300);

    /** Whose windows are decoded. */
    interface Client {

        /** Whether partials shall not be decoded for now. They are replaced by newer ones meanwhile. */
        boolean partialsWait();

        /** A batch was taken to be decoded: there is room for more. */
        void roomMade();

        /**
         * @param heard null when the recogniser threw on this window even when it had it alone
         */
        void decoded(DecodeJob job, @Nullable Transcription heard, long batchMicros);
    }

    private final Recognizer recognizer;
    private final TrackLoop loop;
    private final Client client;
    private final AsrEvents events;
    private final Duration batchWindow;
    private final int batchMax;
    private final ExecutorService decoder = Executors.newSingleThreadExecutor(task -> new Thread(task, "asr-decode"));
    private final BatchLimit partialsTogether;
    private DecodeQueue<DecodeJob> queue;
    private long skipped;
    private boolean decoding;
    private boolean waiting;
    private boolean starting;
    private volatile boolean closed;

    DecodeLane(Recognizer recognizer, AsrConfig config, TrackLoop loop, Client client, AsrEvents events) {
        this.recognizer = recognizer;
        this.loop = loop;
        this.client = client;
        this.events = events;
        this.batchWindow = config.batchWindow();
        this.batchMax = config.batchMax();
        this.queue = new DecodeQueue<>(batchMax);
        this.partialsTogether = new BatchLimit(batchMax, PARTIALS_TAKE);
    }

    void add(DecodeJob job) {
        if (job.isFinal()) {
            queue.addFinal(job.track().id(), job.startSample(), job.window().seconds(), job);
        } else {
            queue.addPartial(job.track().id(), job.startSample(), job);
        }
        if (decoding) {
            return;
        }
        if (job.isFinal()) {
            decodeSoon();
        } else if (queue.isFull() || batchWindow.isZero()) {
            decodeNext();
        } else {
            decodeAfter(batchWindow);
        }
    }

    /** With what else the loop finds in the same round. */
    private void decodeSoon() {
        if (!starting) {
            starting = true;
            loop.execute(() -> {
                starting = false;
                decodeNext();
            });
        }
    }

    private void decodeAfter(Duration pause) {
        if (!waiting) {
            waiting = true;
            loop.after(pause, () -> {
                waiting = false;
                decodeNext();
            });
        }
    }

    double backlogSeconds() {
        return queue.finalSeconds();
    }

    /** Drops everything that waits. */
    void clear() {
        queue = new DecodeQueue<>(batchMax);
        skipped = 0;
    }

    private void decodeNext() {
        if (decoding || closed) {
            return;
        }
        List<DecodeJob> batch = queue.next(client.partialsWait() ? 0 : partialsTogether.size());
        if (batch.isEmpty()) {
            if (!queue.isEmpty()) {
                decodeAfter(PARTIALS_WAIT);
            }
            return;
        }
        decoding = true;
        if (queue.skipped() > skipped) {
            events.partialsSkipped((int) (queue.skipped() - skipped));
            skipped = queue.skipped();
        }
        events.backlog(queue.finalSeconds());
        decoder.execute(() -> decode(batch));
        // Now, not when it is decoded: the next batch shall be here by then.
        client.roomMade();
    }

    private void decode(List<DecodeJob> batch) {
        if (closed) {
            // The recogniser may be gone, and an utterance that it could not hear would pass for one without words.
            return;
        }
        List<Window> windows = batch.stream().map(DecodeJob::window).toList();
        long start = System.nanoTime();
        List<@Nullable Transcription> heard;
        long nanos;
        try {
            heard = transcriptions(windows);
            nanos = System.nanoTime() - start;
            events.batchDecoded(
                    batch.size(), windows.stream().mapToDouble(Window::seconds).sum(), Duration.ofNanos(nanos));
        } catch (Throwable e) {
            // No memory, no native library, a GPU that is gone: not the windows' fault, and nothing may wait for this
            // batch for ever.
            loop.execute(() -> {
                decoding = false;
                loop.fail(e);
            });
            return;
        }
        loop.execute(() -> {
            decoding = false;
            if (!batch.get(0).isFinal()) {
                partialsTogether.took(batch.size(), Duration.ofNanos(nanos));
            }
            // First: the decoder waits for it.
            decodeNext();
            for (int i = 0; i < batch.size(); i++) {
                client.decoded(batch.get(i), heard.get(i), TimeUnit.NANOSECONDS.toMicros(nanos));
            }
        });
    }

    /** A window that breaks the recogniser must not take its neighbours with it. */
    private List<@Nullable Transcription> transcriptions(List<Window> windows) {
        try {
            return new ArrayList<>(recognizer.decode(windows));
        } catch (RuntimeException e) {
            log.warn("decode_failed windows={} next=\"one by one\"", windows.size(), e);
        }
        var heard = new ArrayList<@Nullable Transcription>();
        for (Window window : windows) {
            try {
                heard.add(recognizer.decode(List.of(window)).get(0));
            } catch (RuntimeException e) {
                log.error("decode_failed windows=1 seconds={}", window.seconds(), e);
                // If it cannot hear silence either, it hears nobody any more: a failure, and no window is lost to it.
                recognizer.decode(List.of(SILENCE));
                heard.add(null);
            }
        }
        return heard;
    }

    /** Waits for the batch that is being decoded, and closes the recogniser behind it: never under a decode. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        decoder.execute(recognizer::close);
        decoder.shutdown();
        try {
            if (!decoder.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("decoder_closed_early reason=\"a batch takes longer than 10 s\"");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
