package dev.earshot.standalone;

import dev.earshot.api.export.Line;
import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.AudioSession;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.audio.file.AudioFile;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Received;
import dev.earshot.eventlog.Subscription;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.SegmentAggregator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Sends a file's audio through broker, recogniser and aggregator, and collects the transcript that comes out. */
final class FileTranscription {

    /** The servers are thrown away at the end, so any id will do. */
    private static final String MEETING = "1";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path file;
    private final @Nullable String speaker;
    private final @Nullable String language;

    FileTranscription(Path file, @Nullable String speaker, @Nullable String language) {
        this.file = file;
        this.speaker = speaker;
        this.language = language;
    }

    /** Transcribes it. Blocking. A file or a model that is no good is refused before any server starts. */
    List<Line> run() throws IOException, InterruptedException, TimeoutException {
        var config = new StandaloneConfig(null, ServerAddresses.NONE, ServicePorts.FREE, Secrets.random(), false);
        AsrConfig recognition = ServiceSettings.preparedAsr(config).toConfig();
        Path stateDir = Files.createTempDirectory("earshot-transcribe-");
        try (AudioFile audio = AudioFile.open(file);
                Servers servers = Servers.throwaway(ServerAddresses.NONE);
                EventLog eventLog = EventLog.open(
                        EventLogConfig.of(servers.kafka(), servers.registry(), "transcribe"),
                        ServiceSettings.topics())) {
            eventLog.createTopics();
            var settings = new ServiceSettings(config, servers, stateDir);
            try (var aggregator = SegmentAggregator.launch(settings.aggregator(), eventLog);
                    var workers = AsrWorkers.launch(recognition, eventLog, AsrEvents.NOOP)) {
                return send(audio, eventLog);
            }
        } finally {
            Folders.deleteAll(stateDir);
        }
    }

    private List<Line> send(AudioFile audio, EventLog eventLog)
            throws IOException, InterruptedException, TimeoutException {
        Flux<TranscriptSegment> transcript = eventLog.receive(
                        eventLog.topics().segments(), Subscription.everything(Subscription.From.EARLIEST))
                .map(Received::value)
                .takeUntil(entry -> entry.getKind() == TranscriptKind.COMPLETE);
        var session = AudioSession.start(
                eventLog, AudioPublisher.on(eventLog), MEETING, speaker, new DecodingOptions(language, null));
        var progress = new AudioProgress(System.err, System.console() != null);
        for (short[] samples = audio.next(); samples != null; samples = audio.next()) {
            session.write(samples);
            progress.sent(session.samples());
        }
        session.end();
        List<Line> lines = transcript
                .filter(entry -> entry.getKind() == TranscriptKind.SEGMENT)
                .map(entry -> new Line(
                        entry.getSegmentId(),
                        entry.getSpeaker(),
                        entry.getText(),
                        entry.getStartMs(),
                        entry.getEndMs()))
                .doOnNext(line -> progress.heard(line.endMs()))
                .collectList()
                .blockOptional(PATIENCE)
                .orElse(List.of());
        progress.end();
        return lines;
    }
}
