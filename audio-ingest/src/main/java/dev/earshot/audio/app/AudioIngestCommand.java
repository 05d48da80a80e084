package dev.earshot.audio.app;

import dev.earshot.audio.AudioIngest;
import dev.earshot.audio.AudioIngestConfig;
import dev.earshot.audio.metrics.MicrometerAudioEvents;
import dev.earshot.eventlog.app.Failures;
import dev.earshot.eventlog.app.ServiceProcess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the endpoints for audio until the process is told to end. */
@Command(
        name = "audio-ingest",
        description = "Take audio over HTTP and WebSocket and put it into Kafka.",
        mixinStandardHelpOptions = true)
public final class AudioIngestCommand implements Callable<Integer> {

    @Mixin
    private final ServiceProcess process = new ServiceProcess();

    @Option(
            names = "--audio-host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:AUDIO_HOST:-0.0.0.0}",
            description = "address to listen on (AUDIO_HOST)")
    private String host = "";

    @Option(
            names = "--audio-port",
            paramLabel = "PORT",
            defaultValue = "${env:AUDIO_PORT:-9090}",
            description = "port to listen on; 0 takes a free one (AUDIO_PORT)")
    private int port;

    @Option(
            names = "--ingest-token",
            paramLabel = "SECRET",
            defaultValue = "${env:INGEST_TOKEN:-}",
            description = "what clients must show; without it only this machine is served (INGEST_TOKEN)")
    private String token = "";

    @Option(
            names = "--audio-max-upload-mb",
            paramLabel = "MB",
            defaultValue = "${env:AUDIO_MAX_UPLOAD_MB:-1500}",
            description = "largest upload (AUDIO_MAX_UPLOAD_MB)")
    private long maxUploadMegabytes;

    public static void main(String[] arguments) {
        System.exit(Failures.said(new CommandLine(new AudioIngestCommand())).execute(arguments));
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public AudioIngestConfig toConfig() {
        return new AudioIngestConfig(host, port, token.isEmpty() ? null : token, maxUploadMegabytes * 1_000_000);
    }

    @Override
    public Integer call() throws Exception {
        AudioIngestConfig config = toConfig();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return process.run(
                "audio-ingest",
                eventLog -> AudioIngest.launch(config, eventLog, new MicrometerAudioEvents(meters), meters::scrape));
    }
}
