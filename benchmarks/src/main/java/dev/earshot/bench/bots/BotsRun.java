package dev.earshot.bench.bots;

import dev.earshot.bench.ProgressBar;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.localstack.LocalStackConfig;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotCommand;
import dev.earshot.schema.avro.BotCommandType;
import dev.earshot.standalone.demo.DemoMeeting;
import dev.earshot.standalone.demo.DemoMeetingConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** Bots of one fleet node in one demo meeting of three speakers who say their script again and again. */
public final class BotsRun {

    private static final int SPEAKERS = 3;
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(120);
    private static final Duration END_PATIENCE = Duration.ofSeconds(60);
    /** Compilers and heaps settle. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private final int bots;
    private final Duration length;
    private final List<String> sessions;
    private final AudioTally tally = new AudioTally();

    /** So many bots, measured for so long. */
    public BotsRun(int bots, Duration length) {
        this.bots = bots;
        this.length = length;
        this.sessions = IntStream.range(0, bots)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
    }

    /** Runs; blocking. */
    public BotsRow measure() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        LocalStackConfig all = LocalStackConfig.ephemeral();
        try (LocalStack stack = LocalStack.start(
                        new LocalStackConfig(all.dataDir(), false, all.ports(), true, false, false, true));
                EventLog log = EventLog.open(
                        EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "bench-bots"),
                        Topics.defaults())) {
            log.createTopics();
            Disposable listening = log.receive(
                            log.topics().audioChunks(), Subscription.everything(Subscription.From.EARLIEST))
                    .subscribe(received -> tally.take(received.value()));
            try (DemoMeeting meeting =
                            DemoMeeting.start(DemoMeetingConfig.defaults().withLoop(true));
                    FleetProcess fleet = FleetProcess.start(stack, bots)) {
                return attend(log, meeting, fleet.tree(), stack.bootstrapServers());
            } finally {
                listening.dispose();
            }
        }
    }

    private BotsRow attend(EventLog log, DemoMeeting meeting, ProcessTree fleet, String bootstrapServers)
            throws InterruptedException, ExecutionException, TimeoutException {
        sessions.forEach(session -> send(log, session, BotCommandType.JOIN, meeting.url()));
        await("bots that hear " + SPEAKERS + " speakers each", JOIN_PATIENCE, () -> tally.tracks() >= bots * SPEAKERS);
        TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());

        var progress = new ProgressBar(bots + (bots == 1 ? " bot" : " bots"));
        double cpuBefore = fleet.cpuSeconds();
        long begin = System.nanoTime();
        long pssBytes = 0;
        int looks = 0;
        for (Duration gone = Duration.ZERO; gone.compareTo(length) < 0; gone = since(begin)) {
            pssBytes += fleet.pssBytes();
            looks++;
            progress.show(gone, length, String.format("%.0f s of audio", tally.seconds()));
            TimeUnit.SECONDS.sleep(1);
        }
        double cores = (fleet.cpuSeconds() - cpuBefore) / (since(begin).toMillis() / 1000.0);
        progress.end();

        sessions.forEach(session -> send(log, session, BotCommandType.LEAVE, null));
        await("the ends of all tracks", END_PATIENCE, tally::isOver);
        return new BotsRow(
                bots,
                cores / bots,
                pssBytes / 1e6 / looks / bots,
                tally.missing(),
                tally.lostSeconds(),
                tally.seconds(),
                bytesOf(log.topics().audioChunks().name(), bootstrapServers));
    }

    private void send(EventLog log, String session, BotCommandType type, @Nullable String url) {
        String meetingId = Integer.toString(1 + sessions.indexOf(session));
        var command = BotCommand.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(session)
                .setType(type)
                .setIssuedAt(Instant.now())
                .setPlatform(url == null ? null : "demo")
                .setMeetingUrl(url)
                .setBotName(url == null ? null : "Earshot " + meetingId)
                .build();
        log.publisher(log.topics().botCommands()).publish(meetingId, command).block(JOIN_PATIENCE);
    }

    /** What a topic takes up on the broker's disk. */
    private static long bytesOf(String topic, String bootstrapServers)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get(END_PATIENCE.toSeconds(), TimeUnit.SECONDS).stream()
                            .map(Node::id)
                            .toList();
            return admin
                    .describeLogDirs(brokers)
                    .allDescriptions()
                    .get(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(topic))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        }
    }

    private static void await(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (since(begin).compareTo(patience) > 0) {
                throw new IllegalStateException(what + " did not come within " + patience.toSeconds()
                        + " s; see bench-bots.log for what the bots met");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
