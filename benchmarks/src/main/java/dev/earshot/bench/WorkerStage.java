package dev.earshot.bench;

import dev.earshot.asr.AsrConfig;
import dev.earshot.asr.AsrWorkers;
import dev.earshot.asr.app.AsrWorkersCommand;
import dev.earshot.asr.onnx.SileroDetector;
import dev.earshot.asr.port.AsrEvents;
import dev.earshot.asr.port.Recognizer;
import dev.earshot.audio.AudioPublisher;
import dev.earshot.audio.TrackInfo;
import dev.earshot.audio.TrackWriter;
import dev.earshot.audio.domain.DecodingOptions;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioCodec;
import dev.earshot.schema.avro.HypothesisKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import picocli.CommandLine;
import reactor.core.Disposable;

/** A broker and a registry in this process, on loopback, for what an ASR worker does between its two topics. */
public final class WorkerStage implements AutoCloseable {

    private static final String MEETING = "1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITERS = 8;
    private static final Duration POLL = Duration.ofMillis(50);

    private final LocalStack stack;
    private final EventLog log;

    private WorkerStage(LocalStack stack, EventLog log) {
        this.stack = stack;
        this.log = log;
    }

    /** Starts both and creates the topics. */
    public static WorkerStage start() {
        LocalStackConfig whole = LocalStackConfig.ephemeral();
        LocalStack stack =
                LocalStack.start(new LocalStackConfig(whole.dataDir(), false, whole.ports(), true, false, false, true));
        EventLog log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "bench"), Topics.defaults());
        log.createTopics();
        return new WorkerStage(stack, log);
    }

    /** What a worker of its own would take from its environment and these options; its model is fetched where it is not here. */
    public static AsrConfig settings(String... options) throws InterruptedException {
        var command = new AsrWorkersCommand();
        new CommandLine(command).parseArgs(options);
        return command.prepare(System.err);
    }

    public EventLog log() {
        return log;
    }

    /** Where both are, as the environment variables of a worker in a process of its own. */
    public Map<String, String> addresses() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(), "SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl());
    }

    public AsrWorkers worker(AsrConfig config, AsrEvents events) {
        return AsrWorkers.launch(config, log, events);
    }

    /** The same with a recogniser that is closed with the worker. */
    public AsrWorkers worker(AsrConfig config, Recognizer recognizer, AsrEvents events) {
        return AsrWorkers.launch(config, log, recognizer, SileroDetector.in(config.model()), events);
    }

    /** Puts whole tracks of 16 kHz samples on the audio topic, as fast as it takes them. Returns their ids, in order. */
    public List<String> publish(List<short[]> tracks) throws InterruptedException, ExecutionException {
        var publisher = AudioPublisher.on(log);
        String session = UUID.randomUUID().toString();
        var writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<String>> written = new ArrayList<>();
            for (int i = 0; i < tracks.size(); i++) {
                TrackWriter writer = publisher.open(TrackInfo.nth(MEETING, session, i, DecodingOptions.NONE));
                short[] samples = tracks.get(i);
                written.add(writers.submit(() -> {
                    writer.write(samples, 0, Instant.now(), 0);
                    writer.end(PATIENCE);
                    return writer.track().trackId();
                }));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> track : written) {
                ids.add(track.get());
            }
            return ids;
        } finally {
            writers.shutdownNow();
        }
    }

    /** The same in real time, all side by side, and so encoded. Returns when all of it was said. */
    public List<String> speak(List<short[]> tracks, AudioCodec codec) throws InterruptedException, ExecutionException {
        var publisher = AudioPublisher.on(log);
        String session = UUID.randomUUID().toString();
        ScheduledExecutorService mouths = Executors.newScheduledThreadPool(WRITERS);
        try {
            List<PacedFile> files = new ArrayList<>();
            for (int i = 0; i < tracks.size(); i++) {
                TrackWriter writer = publisher.open(
                        new TrackInfo(MEETING, session, session + ":t" + i, DecodingOptions.NONE, codec));
                files.add(PacedFile.start(writer, tracks.get(i), mouths));
            }
            List<String> ids = new ArrayList<>();
            for (PacedFile file : files) {
                ids.add(file.await());
            }
            return ids;
        } finally {
            mouths.shutdownNow();
        }
    }

    /** Waits until no worker shares in the audio topic: one that is closed leaves the group beside what comes next. */
    public void awaitNoWorker(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Admin admin = admin()) {
            while (!isAlone(admin)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("a worker did not leave within " + patience.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        }
    }

    private static boolean isAlone(Admin admin) throws InterruptedException, ExecutionException {
        try {
            return admin.describeConsumerGroups(List.of(AsrWorkers.GROUP)).all().get().values().stream()
                    .allMatch(group -> group.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
    }

    /** Lets the next worker read the audio topic from its beginning, whatever others have read. None may be there now. */
    public void rewind() throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.deleteConsumerGroups(List.of(AsrWorkers.GROUP)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) stack.bootstrapServers()));
    }

    /** Begins to collect the finals of tracks, from now on. */
    public Finals collect(int tracks) throws InterruptedException {
        return collect(tracks, hypothesis -> {});
    }

    /** The same; {@code listener} is told of every hypothesis the moment it comes. */
    public Finals collect(int tracks, Consumer<AsrHypothesis> listener) throws InterruptedException {
        return new Finals(log, tracks, listener);
    }

    @Override
    public void close() {
        log.close();
        stack.close();
    }

    /** What a worker says of some tracks until all of them have ended. Thread-safe. */
    public static final class Finals implements AutoCloseable {

        private final Map<String, List<AsrHypothesis>> byTrack = new ConcurrentHashMap<>();
        private final Set<String> ended = ConcurrentHashMap.newKeySet();
        private final Consumer<AsrHypothesis> listener;
        private final CountDownLatch unfinished;
        private final Disposable receiving;

        private Finals(EventLog log, int tracks, Consumer<AsrHypothesis> listener) throws InterruptedException {
            this.listener = listener;
            this.unfinished = new CountDownLatch(tracks);
            var listening = new CountDownLatch(1);
            var subscription = Subscription.everything(Subscription.From.LATEST)
                    .readUncommitted()
                    .onPartitions(assigned -> listening.countDown(), revoked -> {});
            this.receiving =
                    log.receive(log.topics().hypotheses(), subscription).subscribe(received -> take(received.value()));
            listening.await();
        }

        private void take(AsrHypothesis hypothesis) {
            listener.accept(hypothesis);
            if (hypothesis.getKind() == HypothesisKind.FINAL) {
                byTrack.computeIfAbsent(hypothesis.getTrackId(), id -> new ArrayList<>())
                        .add(hypothesis);
            } else if (hypothesis.getEndOfTrack() && ended.add(hypothesis.getTrackId())) {
                // The end of a track, too, may be said twice.
                unfinished.countDown();
            }
        }

        /** The finals of each track, in order, when every track has ended. */
        public Map<String, List<AsrHypothesis>> await(Duration patience) throws InterruptedException, TimeoutException {
            if (!unfinished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException(
                        unfinished.getCount() + " tracks were not finished within " + patience.toSeconds() + " s");
            }
            return Map.copyOf(byTrack);
        }

        @Override
        public void close() {
            receiving.dispose();
        }
    }
}
