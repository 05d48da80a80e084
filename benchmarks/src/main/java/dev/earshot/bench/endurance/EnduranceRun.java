package dev.earshot.bench.endurance;

import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.WorkerStage;
import dev.earshot.bench.latency.SpeechLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One worker in a process of its own listens for long; now and then its memory is looked at. */
public final class EnduranceRun {

    /** Until the compiler has seen the hot code and every pool has its size. */
    private static final Duration WARM_UP = Duration.ofMinutes(2);

    private static final Duration EACH_TRACK = Duration.ofMinutes(10);
    private static final int SAMPLES = 60;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);

    private final WorkerStage stage;
    private final String model;
    private final int tracks;
    private final Duration length;
    private final PrintWriter out;

    /**
     * @param model builtin, or the path of a folder
     * @param out takes a line for each look
     */
    public EnduranceRun(WorkerStage stage, String model, int tracks, Duration length, PrintWriter out) {
        this.stage = stage;
        this.model = model;
        this.tracks = tracks;
        this.length = length;
        this.out = out;
    }

    /** Listens and measures. Blocking; ends early when interrupted. */
    public EnduranceRow measure() throws IOException, InterruptedException {
        CannedSpeech speech = CannedSpeech.of(SpeechLoop.ofDemo());
        var settings = new HashMap<>(stage.addresses());
        settings.put("MODEL", model);
        try (var worker = WorkerProcess.start(settings);
                CannedTracks live = CannedTracks.start(stage.log(), speech, tracks, EACH_TRACK)) {
            return EnduranceRow.of(tracks, listen(worker, live));
        }
    }

    private List<EnduranceRow.Sample> listen(WorkerProcess worker, CannedTracks live)
            throws IOException, InterruptedException {
        var bar = new ProgressBar("listening");
        Duration whole = WARM_UP.plus(length);
        Duration pause = length.dividedBy(SAMPLES);
        Duration every = pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
        List<EnduranceRow.Sample> samples = new ArrayList<>();
        long start = System.nanoTime();
        for (Duration due = WARM_UP; due.compareTo(whole) <= 0; due = due.plus(every)) {
            for (Duration now = since(start); now.compareTo(due) < 0; now = since(start)) {
                live.check();
                bar.show(now, whole, samples.isEmpty() ? "warming up" : samples.size() + " looks");
                TimeUnit.MILLISECONDS.sleep(Math.min(1000, due.minus(now).toMillis() + 1));
            }
            var sample = new EnduranceRow.Sample(since(start).toMillis() / 1000.0, worker.memory());
            samples.add(sample);
            out.println(line(sample));
            out.flush();
        }
        bar.end();
        return samples;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String line(EnduranceRow.Sample sample) {
        Memory memory = sample.memory();
        return String.format(
                Locale.ROOT,
                "%6.0f s  process %7.1f MB  heap %6.1f MB  direct %5.1f MB  %d tracks  %d ms behind  %.0f s decoded",
                sample.seconds(),
                memory.rssBytes() / 1048576.0,
                memory.heapBytes() / 1048576.0,
                memory.directBytes() / 1048576.0,
                memory.tracks(),
                memory.lagMs(),
                memory.decodedMs() / 1000.0);
    }
}
