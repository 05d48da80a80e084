package dev.earshot.bench.wer;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.domain.Window;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.audio.file.AudioFile;
import dev.earshot.bench.ProgressBar;
import dev.earshot.bench.WorkerStage;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Decodes a corpus twice: whole utterances, and in real time through a worker between its topics. */
public final class WerRun {

    /** Ends the last utterance of each file, as somebody's silence would. */
    private static final int SILENCE_AFTER = 16_000;

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final AsrConfig config;
    private final List<Corpus.Utterance> corpus;
    private final int tracksAtOnce;
    private final AudioCodec codec;

    /**
     * @param tracksAtOnce files said at a time, at least 1
     * @param codec how they travel; only in PCM what streams is the very audio that is decoded whole
     */
    public WerRun(AsrConfig config, List<Corpus.Utterance> corpus, int tracksAtOnce, AudioCodec codec) {
        this.config = config;
        this.corpus = corpus;
        this.tracksAtOnce = tracksAtOnce;
        this.codec = codec;
    }

    /** Measures. Blocking: as long as the files last, divided by how many are said at once, and the time to decode them whole. */
    public WerRow measure() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var offline = Heard.NOTHING;
        double audioSeconds = 0;
        long decodeNanos = 0;
        var bar = new ProgressBar("offline");
        try (var recognizer = Recognizers.load(config.model(), config.computing(), config.language())) {
            for (int i = 0; i < corpus.size(); i++) {
                Window window = new Window(floats(samples(corpus.get(i).audio())));
                long start = System.nanoTime();
                String heard = recognizer.decode(List.of(window)).get(0).text();
                decodeNanos += System.nanoTime() - start;
                audioSeconds += window.seconds();
                offline = offline.plus(corpus.get(i).text(), heard);
                bar.show(Duration.ofSeconds(i + 1L), Duration.ofSeconds(corpus.size()), "files");
            }
        }
        bar.end();
        var latencies = new Latencies();
        Heard streaming = streaming(latencies);
        return new WerRow(
                corpus.size(),
                offline,
                streaming,
                audioSeconds / (decodeNanos / 1e9),
                latencies.firstPartial(),
                latencies.finals());
    }

    private Heard streaming(Latencies latencies)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var heard = Heard.NOTHING;
        var bar = new ProgressBar("streaming");
        try (WorkerStage stage = WorkerStage.start();
                AsrWorkers worker = stage.worker(config, AsrEvents.NOOP)) {
            awaitWorker(stage);
            for (int from = 0; from < corpus.size(); from += tracksAtOnce) {
                bar.show(Duration.ofSeconds(from), Duration.ofSeconds(corpus.size()), "files");
                var part = corpus.subList(from, Math.min(corpus.size(), from + tracksAtOnce));
                heard = streaming(stage, part, heard, latencies);
            }
        }
        bar.end();
        return heard;
    }

    /** When a track of silence has come through, the worker listens: its start is nobody's latency. */
    private static void awaitWorker(WorkerStage stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (var silence = stage.collect(1)) {
            stage.publish(List.of(new short[SILENCE_AFTER]));
            silence.await(PATIENCE);
        }
    }

    private Heard streaming(WorkerStage stage, List<Corpus.Utterance> part, Heard before, Latencies latencies)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<short[]> tracks = new ArrayList<>();
        for (Corpus.Utterance utterance : part) {
            short[] samples = samples(utterance.audio());
            tracks.add(Arrays.copyOf(samples, samples.length + SILENCE_AFTER));
        }
        var all = before;
        try (var finals = stage.collect(tracks.size(), said -> latencies.came(said, Instant.now()))) {
            List<String> ids = stage.speak(tracks, codec);
            var said = finals.await(PATIENCE);
            for (int i = 0; i < ids.size(); i++) {
                String heard = said.getOrDefault(ids.get(i), List.of()).stream()
                        .map(AsrHypothesis::getText)
                        .collect(Collectors.joining(" "));
                all = all.plus(part.get(i).text(), heard);
            }
        }
        return all;
    }

    private static short[] samples(Path audio) throws IOException {
        short[] whole = new short[0];
        try (AudioFile file = AudioFile.open(audio)) {
            for (short[] piece = file.next(); piece != null; piece = file.next()) {
                int had = whole.length;
                whole = Arrays.copyOf(whole, had + piece.length);
                System.arraycopy(piece, 0, whole, had, piece.length);
            }
        }
        return whole;
    }

    private static float[] floats(short[] samples) {
        float[] floats = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            floats[i] = samples[i] / 32768f;
        }
        return floats;
    }
}
