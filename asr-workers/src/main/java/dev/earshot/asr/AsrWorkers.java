package dev.earshot.asr;

import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.onnx.SileroDetector;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.ModelInfo;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.asr.port.SpeechDetector;
import dev.earshot.eventlog.EventLog;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running ASR worker: one member of the group that shares the audio topic, with one model and one decoding thread.
 *
 * <p>Thread-safe. {@link #close} stops at once and says nothing more; what was not finished, the next owner of the partitions
 * reads again and finishes.
 */
public final class AsrWorkers implements AutoCloseable {

    /** Consumer group of all workers. */
    public static final String GROUP = "asr-workers";

    private static final Logger log = LoggerFactory.getLogger(AsrWorkers.class);

    private final Recognizer recognizer;
    private final AsrPipeline pipeline;
    private boolean closed;

    private AsrWorkers(Recognizer recognizer, AsrPipeline pipeline) {
        this.recognizer = recognizer;
        this.pipeline = pipeline;
    }

    /**
     * Loads the model and begins to work. The log's topics must be there; the log stays the caller's.
     *
     * @throws dev.earshot.asr.port.ModelException with one sentence when the model cannot be used
     * @throws IllegalArgumentException with one sentence when there is a GPU but no folder to claim it in
     */
    public static AsrWorkers launch(AsrConfig config, EventLog eventLog, AsrEvents events) {
        Recognizer recognizer = Recognizers.load(config.model(), config.computing(), config.language());
        try {
            announce(recognizer.model());
            return launch(config, eventLog, recognizer, SileroDetector.in(config.model()), events);
        } catch (RuntimeException e) {
            recognizer.close();
            throw e;
        }
    }

    /** The same with a recogniser, and a detector or none, that are already loaded and are closed with the worker. */
    public static AsrWorkers launch(
            AsrConfig config,
            EventLog eventLog,
            Recognizer recognizer,
            @Nullable SpeechDetector detector,
            AsrEvents events) {
        return launch(config, eventLog, recognizer, detector, events, InstantSource.system());
    }

    /** The same by another clock than the machine's. */
    static AsrWorkers launch(
            AsrConfig config,
            EventLog eventLog,
            Recognizer recognizer,
            @Nullable SpeechDetector detector,
            AsrEvents events,
            InstantSource clock) {
        events.modelLoaded(recognizer.model());
        var pipeline = new AsrPipeline(config, eventLog, recognizer, detector, events, clock);
        pipeline.start();
        return new AsrWorkers(recognizer, pipeline);
    }

    private static void announce(ModelInfo model) {
        log.info("model={} hash={} provider={}", model.name(), model.hash(), model.provider());
        if (model.whyNotGpu() != null) {
            log.warn("provider=cpu wanted=gpu reason=\"{}\"", model.whyNotGpu());
        }
        if (model.notice() != null) {
            log.warn("model={} notice=\"{}\"", model.name(), model.notice());
        }
    }

    /** What decodes here. */
    public ModelInfo model() {
        return recognizer.model();
    }

    /** Whether chunks are taken: false while a failure is waited out, and while Kafka does not answer. */
    public boolean isHealthy() {
        return trouble() == null;
    }

    /** Why no chunks are taken; null when they are. */
    public @Nullable String trouble() {
        return pipeline.trouble();
    }

    /** How the worker keeps up, as of a moment ago. */
    public WorkerLoad load() {
        return pipeline.load();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        pipeline.close();
    }
}
