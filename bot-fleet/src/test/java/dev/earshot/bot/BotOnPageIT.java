package dev.earshot.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earshot.bot.domain.StayRules;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.BotCommand;
import dev.earshot.schema.avro.BotCommandType;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A bot in a real Chromium, on pages that do what a meeting's page should not. */
@Timeout(120)
class BotOnPageIT {

    private static final String MEETING_ID = "801";

    /** Speaks through the loudspeaker once the bot is in, and loads itself anew when the test says so. */
    private static final String PAGE = "<!doctype html><title>room</title><link rel=icon href='data:,'>"
            + "<div id=prejoin><label>Your name <input></label><button id=ask>Ask to join</button></div>"
            + "<div id=call hidden><button>Leave meeting</button></div>"
            + "<script>document.getElementById('ask').onclick = () => {"
            + " document.getElementById('prejoin').hidden = true; document.getElementById('call').hidden = false;"
            + " const context = new AudioContext(); const tone = new OscillatorNode(context);"
            + " tone.connect(context.destination); tone.start();"
            + " fetch('/turn').then(() => location.reload()); };</script>";

    private final String sessionUid = UUID.randomUUID().toString();
    private final Disposable.Composite subscriptions = Disposables.composite();
    private final List<MeetingEvent> events = new CopyOnWriteArrayList<>();
    private final List<AudioChunk> chunks = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayTurn = new CountDownLatch(1);
    private final CountDownLatch testOver = new CountDownLatch(1);
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private HttpServer server;
    private EventLog log;
    private BotFleet fleet;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/", this::answer);
        server.start();
        LocalStack stack = LocalStack.shared();
        log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "bot-it"), Topics.defaults());
        log.createTopics();
        record(log.topics().meetingEvents(), events);
        record(log.topics().audioChunks(), chunks);
        fleet = BotFleet.launch(
                new BotFleetConfig(
                        "node-" + sessionUid,
                        1,
                        null,
                        true,
                        StayRules.DEFAULTS,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(20),
                        false,
                        false),
                log);
    }

    private <V extends SpecificRecord> void record(Topic<V> topic, List<V> target) {
        subscriptions.add(log.receive(topic, Subscription.everything(Subscription.From.EARLIEST))
                .subscribe(received -> target.add(received.value())));
    }

    @AfterEach
    void close() {
        mayTurn.countDown();
        testOver.countDown();
        fleet.close();
        subscriptions.dispose();
        log.close();
        server.stop(0);
        serverThreads.shutdown();
    }

    @Test
    void turnsBack_whenItIsAskedToLeaveWhileThePageLoads() throws Exception {
        send(BotCommandType.JOIN, "/never");
        asked.await();

        send(BotCommandType.LEAVE, null);

        awaitStatus("completed(stopped)");
        assertThat(events()).extracting(MeetingEvent::getType).containsOnly(MeetingEventType.STATUS_CHANGED);
    }

    @Test
    void saysSo_andEndsItsTracks_whenThePageIsLoadedAnew() {
        send(BotCommandType.JOIN, "/room");
        awaitStatus("active(null)");
        await().atMost(Duration.ofSeconds(20)).until(() -> !chunks().isEmpty());

        mayTurn.countDown();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(events()).anyMatch(event -> "page_left".equals(event.getReason()));
            assertThat(chunks()).anyMatch(AudioChunk::getEndOfTrack);
        });
        send(BotCommandType.LEAVE, null);
        awaitStatus("completed(stopped)");
        MeetingEvent end = events().stream()
                .filter(event -> event.getType() == MeetingEventType.SESSION_ENDED)
                .findFirst()
                .orElseThrow();
        // Audio is another topic: its last chunks may come after the end of the session.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        chunks().stream().map(AudioChunk::getTrackId).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(end.getTrackIds())));
    }

    @Test
    void asksForWhatItIsTold_fromThenOn() {
        send(BotCommandType.JOIN, "/room");
        awaitStatus("active(null)");
        await().atMost(Duration.ofSeconds(20)).until(() -> !chunks().isEmpty());
        assertThat(chunks())
                .extracting(AudioChunk::getLanguage, AudioChunk::getTask)
                .containsOnly(tuple(null, null));

        send(command(BotCommandType.RECONFIGURE)
                .setLanguage("de")
                .setTask("translate")
                .build());

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(chunks())
                .extracting(AudioChunk::getLanguage, AudioChunk::getTask)
                .endsWith(tuple("de", "translate")));
        send(BotCommandType.LEAVE, null);
        awaitStatus("completed(stopped)");
    }

    private void send(BotCommandType type, String path) {
        send(command(type)
                .setPlatform("demo")
                .setMeetingUrl("http://127.0.0.1:" + server.getAddress().getPort() + path)
                .build());
    }

    private void send(BotCommand command) {
        log.publisher(log.topics().botCommands()).publish(MEETING_ID, command).block(Duration.ofSeconds(10));
    }

    private BotCommand.Builder command(BotCommandType type) {
        return BotCommand.newBuilder()
                .setMeetingId(MEETING_ID)
                .setSessionUid(sessionUid)
                .setType(type)
                .setIssuedAt(Instant.now());
    }

    private void awaitStatus(String status) {
        await().atMost(Duration.ofSeconds(60)).until(() -> events().stream()
                .anyMatch(event -> status.equals(event.getStatus() + "(" + event.getReason() + ")")));
    }

    /** Of this test's session: the topics are shared. */
    private List<MeetingEvent> events() {
        return events.stream()
                .filter(event -> sessionUid.equals(event.getSessionUid()))
                .toList();
    }

    private List<AudioChunk> chunks() {
        return chunks.stream()
                .filter(chunk -> sessionUid.equals(chunk.getSessionUid()))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/never")) {
                asked.countDown();
                testOver.await();
            } else if (path.equals("/turn")) {
                mayTurn.await();
            }
            byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
