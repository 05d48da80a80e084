package dev.earshot.bench.worker;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.WorkerStage;
import dev.earshot.bench.latency.LiveTracks;
import dev.earshot.bench.latency.SpeechLoop;
import dev.earshot.schema.avro.AsrHypothesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Measures one worker with one decoding thread. */
public final class WorkerRun {

    private static final int BACKLOG_TRACKS = 32;
    private static final int WARM_UP_TRACKS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LIVE_WARM_UP = Duration.ofSeconds(10);
    private static final Duration LIVE = Duration.ofSeconds(30);

    private final WorkerStage stage;
    private final AsrConfig config;
    private final int liveTracks;
    private final SpeechLoop speech = SpeechLoop.ofDemo();

    /** Audio on the topic, a worker that did not run when it was put there, and what it said in the end. */
    private record Backlog(Duration took, double audioSeconds, List<AsrHypothesis> finals, Decoding decoding) {}

    public WorkerRun(WorkerStage stage, AsrConfig config, int liveTracks) {
        this.stage = stage;
        this.config = config;
        this.liveTracks = liveTracks;
    }

    /** Measures. Blocking, about two minutes. */
    public WorkerRow measure() throws InterruptedException, ExecutionException, TimeoutException {
        backlog(WARM_UP_TRACKS);
        Backlog backlog = backlog(BACKLOG_TRACKS);
        Duration bare = bareLoop(backlog.finals());
        return new WorkerRow(
                seconds(bare) / seconds(backlog.took()),
                liveTracks / coresOfLiveTracks(),
                backlog.audioSeconds() / seconds(backlog.took()),
                backlog.audioSeconds(),
                backlog.decoding().decodedSeconds(),
                backlog.decoding().windowsPerBatch(),
                seconds(backlog.decoding().busy()) / seconds(backlog.took()));
    }

    private Backlog backlog(int tracks) throws InterruptedException, ExecutionException, TimeoutException {
        List<short[]> audio = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            short[] samples = new short[speech.length()];
            speech.copy(phase(i, tracks), 0, samples);
            audio.add(samples);
        }
        try (var finals = stage.collect(tracks)) {
            List<String> ids = stage.publish(audio);
            var decoding = new Decoding();
            try (AsrWorkers worker = stage.worker(config, decoding)) {
                Map<String, List<AsrHypothesis>> said = finals.await(PATIENCE);
                long end = System.nanoTime();
                List<AsrHypothesis> inOrder = ids.stream()
                        .flatMap(id -> said.getOrDefault(id, List.of()).stream())
                        .sorted(Comparator.comparingLong(AsrHypothesis::getStartSample))
                        .toList();
                return new Backlog(
                        Duration.ofNanos(end - decoding.firstFrameNanos()),
                        (double) tracks * speech.length() / 16_000,
                        inOrder,
                        decoding);
            }
        }
    }

    private long phase(int track, int tracks) {
        return (long) track * speech.length() / tracks;
    }

    /** The same windows in the same batches, from memory, with nothing around the recogniser. */
    private Duration bareLoop(List<AsrHypothesis> finals) {
        List<Window> windows = new ArrayList<>();
        for (AsrHypothesis heard : finals) {
            String trackId = heard.getTrackId();
            int track = Integer.parseInt(trackId.substring(trackId.lastIndexOf(":t") + 2));
            windows.add(window(phase(track, BACKLOG_TRACKS), heard.getStartSample(), heard.getEndSample()));
        }
        try (var recognizer =
                Recognizers.load(config.model(), config.computing(), config.language())) {
            decodeAll(recognizer, windows.subList(0, Math.min(windows.size(), config.batchMax())));
            long start = System.nanoTime();
            decodeAll(recognizer, windows);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private Window window(long phase, long start, long end) {
        short[] samples = new short[(int) (end - start)];
        speech.copy(phase, start, samples);
        float[] floats = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            floats[i] = samples[i] / 32768f;
        }
        return new Window(floats);
    }

    private void decodeAll(Recognizer recognizer, List<Window> windows) {
        for (int from = 0; from < windows.size(); from += config.batchMax()) {
            recognizer.decode(windows.subList(from, Math.min(windows.size(), from + config.batchMax())));
        }
    }

    /** Processor time that the worker's own threads use for the live tracks, per second. */
    private double coresOfLiveTracks() throws InterruptedException, TimeoutException {
        var bar = new ProgressBar(liveTracks + " live tracks");
        try (AsrWorkers worker = stage.worker(config, AsrEvents.NOOP);
                LiveTracks live = LiveTracks.start(stage.log(), speech, liveTracks)) {
            live.run(LIVE_WARM_UP, done -> bar.show(done, LIVE_WARM_UP.plus(LIVE), "warming up"));
            var before = ThreadTimes.of("asr-");
            long start = System.nanoTime();
            live.run(LIVE, done -> bar.show(done.plus(LIVE_WARM_UP), LIVE_WARM_UP.plus(LIVE), "measuring"));
            bar.end();
            return (double) ThreadTimes.of("asr-").minus(before).toNanos() / (System.nanoTime() - start);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
