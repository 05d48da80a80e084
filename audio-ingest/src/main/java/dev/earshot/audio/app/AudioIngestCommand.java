package dev.earshot.audio.app;

import dev.earshot.audio.AudioIngest;
import dev.earshot.audio.AudioIngestConfig;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.schema.Topics;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the endpoints for audio until the process is told to end. */
@Command(
        name = "audio-ingest",
        description = "Take audio over HTTP and WebSocket and put it into Kafka.",
        mixinStandardHelpOptions = true)
public final class AudioIngestCommand implements Callable<Integer> {

    private static final long CLOSE_SECONDS = 30;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Kafka's bootstrap servers (KAFKA_BOOTSTRAP_SERVERS)")
    private String kafka = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "${env:SCHEMA_REGISTRY_URL:-http://localhost:8081}",
            description = "registry with the Confluent REST API (SCHEMA_REGISTRY_URL)")
    private String registry = "";

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

    /** Runs the service alone. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AudioIngestCommand()).execute(arguments));
    }

    /** The settings as given; throws IllegalArgumentException with a sentence for one that makes no sense. */
    public AudioIngestConfig toConfig() {
        return new AudioIngestConfig(host, port, token.isEmpty() ? null : token, maxUploadMegabytes * 1_000_000);
    }

    @Override
    public Integer call() throws InterruptedException {
        AudioIngestConfig config = toConfig();
        try (EventLog eventLog = EventLog.open(EventLogConfig.of(kafka, registry, "audio-ingest"), Topics.defaults())) {
            eventLog.check();
            try (AudioIngest ingest = AudioIngest.launch(config, eventLog)) {
                awaitTermination();
            }
        }
        return 0;
    }

    /** Returns when the process is told to end, and keeps it alive until everything above is closed. */
    private static void awaitTermination() throws InterruptedException {
        var asked = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                main.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        asked.await();
    }
}
