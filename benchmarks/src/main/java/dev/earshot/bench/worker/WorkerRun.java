package dev.earshot.bench.worker;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.WarmUp;
import dev.earshot.bench.WorkerStage;
import dev.earshot.bench.latency.LiveTracks;
import dev.earshot.bench.latency.SpeechLoop;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Measures one worker with one decoding thread. */
public final class WorkerRun {

    private static final int BACKLOG_TRACKS = 32;
    /** Each the backlog and its bare loop in turn, so that a machine that is slow for a while is so for both. */
    private static final int ROUNDS = 9;

    private static final int MOST_WARM_UP_ROUNDS = 20;
    /** Beside a decoder that fills one of two cores, a tenth costs 3 % of the result. */
    private static final double COMPILER_SHARE = 0.05;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LIVE_WARM_UP = Duration.ofSeconds(10);
    private static final Duration LIVE = Duration.ofSeconds(30);

    private final WorkerStage stage;
    private final AsrConfig config;
    private final int liveTracks;
    private final SpeechLoop speech = SpeechLoop.ofDemo();

    /** What a worker, new to the audio that waits on the topic, had decoded when all was said. */
    private record Backlog(Duration took, List<List<Window>> batches, Decoding.Sums decoded) {}

    public WorkerRun(WorkerStage stage, AsrConfig config, int liveTracks) {
        this.stage = stage;
        this.config = config;
        this.liveTracks = liveTracks;
    }

    /** Measures. Blocking, some minutes. */
    public WorkerRow measure() throws InterruptedException, ExecutionException, TimeoutException {
        List<Double> ratios = new ArrayList<>();
        double workerSeconds = 0;
        double busySeconds = 0;
        double decodedSeconds = 0;
        long windows = 0;
        long batches = 0;
        // For all rounds: a session's first runs pay for memory, which a worker of some age has long paid for.
        try (Recognizer recognizer = Recognizers.load(config.model(), config.computing(), config.language())) {
            Consumer<List<Window>> bare = Recognizers.bareRuns(recognizer);
            stage.publish(speakers());
            warmUp(recognizer, bare);
            var bar = new ProgressBar("backlog");
            for (int round = 0; round < ROUNDS; round++) {
                bar.show(Duration.ofSeconds(round), Duration.ofSeconds(ROUNDS), "rounds");
                Backlog backlog = backlog(recognizer);
                double took = seconds(backlog.took());
                workerSeconds += took;
                ratios.add(seconds(bareLoop(bare, backlog.batches())) / took);
                busySeconds += seconds(backlog.decoded().busy());
                decodedSeconds += backlog.decoded().seconds();
                windows += backlog.decoded().windows();
                batches += backlog.batches().size();
            }
            bar.end();
        }
        double audioSeconds = (double) ROUNDS * BACKLOG_TRACKS * speech.length() / 16_000;
        return new WorkerRow(
                ratios,
                liveTracks / coresOfLiveTracks(),
                audioSeconds / workerSeconds,
                audioSeconds,
                decodedSeconds,
                (double) windows / batches,
                busySeconds / workerSeconds);
    }

    private List<short[]> speakers() {
        List<short[]> audio = new ArrayList<>();
        for (int i = 0; i < BACKLOG_TRACKS; i++) {
            short[] samples = new short[speech.length()];
            speech.copy((long) i * speech.length() / BACKLOG_TRACKS, 0, samples);
            audio.add(samples);
        }
        return audio;
    }

    private void warmUp(Recognizer recognizer, Consumer<List<Window>> bare)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        var warmUp = new WarmUp(COMPILER_SHARE, MOST_WARM_UP_ROUNDS);
        var bar = new ProgressBar("warming up");
        long compiled;
        Backlog backlog;
        do {
            bar.show(Duration.ofSeconds(warmUp.rounds()), Duration.ofSeconds(MOST_WARM_UP_ROUNDS), "rounds at most");
            long before = compiler.getTotalCompilationTime();
            backlog = backlog(recognizer);
            compiled = compiler.getTotalCompilationTime() - before;
        } while (!warmUp.isOver(Duration.ofMillis(compiled), backlog.took()));
        bar.end();
        bareLoop(bare, backlog.batches());
    }

    private Backlog backlog(Recognizer recognizer) throws InterruptedException, ExecutionException, TimeoutException {
        var decoding = new Decoding();
        var recording = new RecordingRecognizer(recognizer);
        stage.rewind();
        Backlog backlog;
        try (var finals = stage.collect(BACKLOG_TRACKS);
                AsrWorkers worker = stage.worker(config, recording, decoding)) {
            finals.await(PATIENCE);
            long end = System.nanoTime();
            backlog = new Backlog(
                    Duration.ofNanos(end - decoding.firstFrameNanos()), recording.batches(), decoding.sums());
        }
        stage.awaitNoWorker(PATIENCE);
        return backlog;
    }

    /** The same tensors through the same graph, one after the other from memory, and nothing else. */
    private static Duration bareLoop(Consumer<List<Window>> bare, List<List<Window>> batches) {
        long start = System.nanoTime();
        batches.forEach(bare);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Processor time that the worker's own threads and its consumer use for the live tracks, per second. */
    private double coresOfLiveTracks() throws InterruptedException, TimeoutException {
        var bar = new ProgressBar(liveTracks + " live tracks");
        try (AsrWorkers worker = stage.worker(config, AsrEvents.NOOP);
                LiveTracks live = LiveTracks.start(stage.log(), speech, liveTracks)) {
            live.run(LIVE_WARM_UP, done -> bar.show(done, LIVE_WARM_UP.plus(LIVE), "warming up"));
            Duration before = ofTheWorker();
            long start = System.nanoTime();
            live.run(LIVE, done -> bar.show(done.plus(LIVE_WARM_UP), LIVE_WARM_UP.plus(LIVE), "measuring"));
            bar.end();
            return (double) ofTheWorker().minus(before).toNanos() / (System.nanoTime() - start);
        }
    }

    private static Duration ofTheWorker() {
        return ThreadTimes.of("asr-").plus(ThreadTimes.of("reactive-kafka-asr-workers"));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
