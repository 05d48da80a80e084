package dev.earshot.asr.app;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.catalogue.Catalogue;
import dev.earshot.asr.catalogue.ModelStore;
import dev.earshot.asr.domain.EndpointRules;
import dev.earshot.asr.domain.LanguageRules;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.onnx.Computing;
import dev.earshot.asr.onnx.Provider;
import dev.earshot.asr.onnx.Recognizers;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.eventlog.app.ServiceProcess;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an ASR worker until the process is told to end. */
@Command(
        name = "asr-workers",
        description = "Turn audio into hypotheses: find speech on every track and decode many tracks at once.",
        mixinStandardHelpOptions = true)
public final class AsrWorkersCommand implements Callable<Integer> {

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "${env:MODEL:-builtin}",
            description =
                    "builtin, auto for what suits this machine, a name of `model list`, or a folder with a model (MODEL)")
    private String model = "";

    @Option(
            names = "--whisper-model-size",
            paramLabel = "SIZE",
            defaultValue = "${env:WHISPER_MODEL_SIZE:-}",
            description =
                    "tiny, base, small, medium or large: that Whisper, where MODEL names none (WHISPER_MODEL_SIZE)")
    private String whisperModelSize = "";

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Option(
            names = "--provider",
            paramLabel = "auto|cpu|cuda",
            defaultValue = "${env:PROVIDER:-auto}",
            description = "where to compute; auto takes CUDA when it is there (PROVIDER)")
    private String provider = "";

    @Option(
            names = "--gpu",
            paramLabel = "auto|N",
            defaultValue = "${env:ASR_GPU:-auto}",
            description =
                    "number of the GPU in nvidia-smi; auto takes the one with the most free memory of those that no"
                            + " other worker has (ASR_GPU)")
    private String gpu = "";

    @Option(
            names = "--gpu-memory-mb",
            paramLabel = "MB",
            defaultValue = "${env:ASR_GPU_MEMORY_MB:-0}",
            description = "what a graph may take of the GPU's memory; 0 for nine tenths of what is free"
                    + " (ASR_GPU_MEMORY_MB)")
    private int gpuMemoryMb;

    @Option(
            names = "--gpu-locks",
            paramLabel = "DIR",
            defaultValue = "${env:ASR_GPU_LOCKS:-}",
            description =
                    "folder by which workers keep off each other's GPUs, one for all workers of a machine, those in"
                            + " containers too; the temporary folder when empty (ASR_GPU_LOCKS)")
    private String gpuLocks = "";

    @Option(
            names = "--language",
            paramLabel = "auto|CODES",
            defaultValue = "${env:ASR_LANGUAGE:-auto}",
            description =
                    "what is spoken, where the model speaks many: auto, a code, or codes to choose from as en,de (ASR_LANGUAGE)")
    private String language = "";

    @Option(
            names = "--task",
            paramLabel = "transcribe|translate",
            defaultValue = "${env:ASR_TASK:-transcribe}",
            description = "text as it is spoken, or in English; only Whisper translates (ASR_TASK)")
    private String task = "";

    @Option(
            names = "--decode-threads",
            paramLabel = "N",
            defaultValue = "${env:DECODE_THREADS:-1}",
            description = "threads of one decode (DECODE_THREADS)")
    private int decodeThreads;

    @Option(
            names = "--batch-max",
            paramLabel = "N",
            defaultValue = "${env:BATCH_MAX:-32}",
            description = "windows decoded at a time (BATCH_MAX)")
    private int batchMax;

    @Option(
            names = "--batch-window-ms",
            paramLabel = "MS",
            defaultValue = "${env:BATCH_WINDOW_MS:-20}",
            description = "how long a window of a partial waits for others when the decoder is idle (BATCH_WINDOW_MS)")
    private long batchWindowMs;

    @Option(
            names = "--endpoint-silence-ms",
            paramLabel = "MS",
            defaultValue = "${env:ENDPOINT_SILENCE_MS:-600}",
            description = "so much silence ends an utterance (ENDPOINT_SILENCE_MS)")
    private int endpointSilenceMs;

    @Option(
            names = "--longest-utterance-ms",
            paramLabel = "MS",
            defaultValue = "${env:LONGEST_UTTERANCE_MS:-15000}",
            description = "an utterance is cut before it gets longer (LONGEST_UTTERANCE_MS)")
    private int longestUtteranceMs;

    @Option(
            names = "--first-partial-ms",
            paramLabel = "MS",
            defaultValue = "${env:FIRST_PARTIAL_MS:-300}",
            description = "speech heard before the first partial (FIRST_PARTIAL_MS)")
    private int firstPartialMs;

    @Option(
            names = "--partial-interval-ms",
            paramLabel = "MS",
            defaultValue = "${env:PARTIAL_INTERVAL_MS:-500}",
            description = "audio between partials (PARTIAL_INTERVAL_MS)")
    private int partialIntervalMs;

    @Option(
            names = "--track-idle-ms",
            paramLabel = "MS",
            defaultValue = "${env:TRACK_IDLE_MS:-10000}",
            description = "after so long without audio, what was said has ended (TRACK_IDLE_MS)")
    private int trackIdleMs;

    @Option(
            names = "--backlog-max",
            paramLabel = "SECONDS",
            defaultValue = "${env:BACKLOG_MAX:-60}",
            description = "audio that may wait for the decoder before reading stops (BACKLOG_MAX)")
    private int backlogMax;

    @Option(
            names = "--asr-host",
            paramLabel = "HOST",
            defaultValue = "${env:ASR_HOST:-127.0.0.1}",
            description = "where health and metrics are served (ASR_HOST)")
    private String host = "";

    @Option(
            names = "--asr-port",
            paramLabel = "PORT",
            defaultValue = "${env:ASR_PORT:-9091}",
            description = "port of health and metrics (ASR_PORT)")
    private int port;

    /** Runs the service alone. */
    public static void main(String[] arguments) {
        System.exit(Failures.said(new CommandLine(new AsrWorkersCommand())).execute(arguments));
    }

    /**
     * The settings with the model's folder: fetches the model where it has a name and is not here yet, and refuses one that could
     * not be loaded. Blocking; meant for a program's start, before anything else is started. After it {@link #toConfig} says the
     * same.
     *
     * @param screen where to show progress, and warnings that nobody may miss
     * @throws dev.earshot.asr.port.ModelException with a sentence when there is no such model
     * @throws IllegalArgumentException with a sentence for a setting that makes no sense, before anything is fetched
     */
    public AsrConfig prepare(PrintStream screen) throws InterruptedException {
        toConfig();
        boolean hasGpu = Provider.parse(provider) != Provider.CPU && Recognizers.seesGpu();
        var choice = new ModelChoice(
                Catalogue.shipped(), store.toStore(), screen, new FetchScreen(screen, System.console() != null));
        model = choice.resolve(modelWanted(), hasGpu);
        Recognizers.check(model);
        return toConfig();
    }

    /** What is asked for as a model: builtin, auto, a name or a folder. */
    public String modelWanted() {
        boolean unnamed = model.equals(ModelChoice.BUILTIN) || model.equals(ModelChoice.AUTO);
        return unnamed && !whisperModelSize.isBlank() ? whisperModelSize : model;
    }

    /** Where fetched models lie. */
    public ModelStore modelStore() {
        return store.toStore();
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public AsrConfig toConfig() {
        return new AsrConfig(
                model,
                new Computing(
                        Provider.parse(provider),
                        decodeThreads,
                        Computing.parseGpu(gpu),
                        gpuMemoryMb,
                        Computing.parseGpuLocks(gpuLocks)),
                batchMax,
                Duration.ofMillis(batchWindowMs),
                new TrackRules(
                        new EndpointRules(endpointSilenceMs, longestUtteranceMs),
                        firstPartialMs,
                        partialIntervalMs,
                        trackIdleMs),
                backlogMax,
                LanguageRules.parse(language, task));
    }

    /** Where health and metrics are served. */
    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    @Override
    public Integer call() throws Exception {
        AsrConfig config = prepare(System.err);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var gc = new JvmGcMetrics()) {
            new JvmMemoryMetrics().bindTo(meters);
            new ProcessorMetrics().bindTo(meters);
            gc.bindTo(meters);
            return process.run("asr-workers", eventLog -> launch(config, eventLog, meters));
        }
    }

    private AutoCloseable launch(AsrConfig config, EventLog eventLog, PrometheusMeterRegistry meters) {
        AsrWorkers workers = AsrWorkers.launch(config, eventLog, new MicrometerAsrEvents(meters));
        WorkerHttp http;
        try {
            http = WorkerHttp.start(host, port, workers, meters);
        } catch (RuntimeException e) {
            workers.close();
            throw e;
        }
        return () -> {
            http.close();
            workers.close();
        };
    }
}
