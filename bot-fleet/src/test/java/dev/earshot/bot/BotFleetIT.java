package dev.earshot.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earshot.bot.domain.StayRules;
import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventLogConfig;
import dev.earshot.eventlog.Subscription;
import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.BotClaimState;
import dev.earshot.schema.avro.BotCommand;
import dev.earshot.schema.avro.BotCommandType;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Two nodes on a real broker, with orders that end before they need a browser. */
@Timeout(60)
class BotFleetIT {

    private static final AtomicInteger MEETINGS = new AtomicInteger(700);
    private static final Disposable.Composite SUBSCRIPTIONS = Disposables.composite();
    private static final List<MeetingEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final List<BotClaim> CLAIMS = new CopyOnWriteArrayList<>();

    private static EventLog log;

    private final String meetingId = Integer.toString(MEETINGS.incrementAndGet());
    private final String sessionUid = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        LocalStack stack = LocalStack.shared();
        log = EventLog.open(
                EventLogConfig.of(stack.bootstrapServers(), stack.schemaRegistryUrl(), "fleet-it"), Topics.defaults());
        log.createTopics();
        var everything = Subscription.everything(Subscription.From.EARLIEST);
        SUBSCRIPTIONS.add(log.receive(log.topics().meetingEvents(), everything)
                .subscribe(received -> EVENTS.add(received.value())));
        SUBSCRIPTIONS.add(
                log.receive(log.topics().botClaims(), everything).subscribe(received -> CLAIMS.add(received.value())));
    }

    @AfterAll
    static void close() {
        SUBSCRIPTIONS.dispose();
        log.close();
    }

    @Test
    void ofTwoNodes_oneTakesTheOrder() {
        try (BotFleet first = node();
                BotFleet second = node()) {
            publish(BotCommandType.JOIN);
            awaitReleased();
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(statuses()).containsExactly("failed(join_failure)"));
            assertThat(first.bots() + second.bots()).isZero();
        }
    }

    @Test
    void orderThatIsTakenBackBeforeItStarts_isCompleted() {
        publish(BotCommandType.JOIN);
        publish(BotCommandType.LEAVE);
        try (BotFleet node = node()) {
            awaitReleased();

            assertThat(statuses()).containsExactly("completed(stopped)");
            assertThat(node.browserPid(sessionUid)).isEmpty();
        }
    }

    @Test
    void sessionOfADeadNode_isEndedOnce() {
        log.publisher(log.topics().botClaims())
                .publish(meetingId, claim("dead-node", Instant.now().minusSeconds(3_600)))
                .block(Duration.ofSeconds(10));
        try (BotFleet first = node();
                BotFleet second = node()) {
            awaitReleased();

            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(statuses()).containsExactly("failed(browser_crashed)"));
            assertThat(events(MeetingEventType.SESSION_ENDED))
                    .as("nobody knows which tracks it had")
                    .isEmpty();
            assertThat(first.bots() + second.bots()).isZero();
        }
    }

    /** Each of them hears nothing of the other for longer than a dead node would be waited for. */
    @Test
    @Timeout(120)
    void nobodyLosesASession_whileNobodyReachesKafka() {
        Duration patience = Duration.ofSeconds(6);
        publish(BotCommand.newBuilder(command(BotCommandType.JOIN, Instant.now()))
                .setBotName("mock:continue")
                .build());
        try (BotFleet first = node(patience);
                BotFleet second = node(patience)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> statuses().contains("active(null)"));
            LocalStack.shared().stopKafka();
            Instant since = Instant.now();
            try {
                // Until each has looked again after its patience was over.
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !log.answers(Duration.ofSeconds(1))
                                && since.plus(patience.multipliedBy(3).dividedBy(2))
                                        .isBefore(Instant.now()));
            } finally {
                LocalStack.shared().startKafka();
            }
            Instant back = Instant.now();
            await().atMost(Duration.ofSeconds(60)).until(() -> claims().stream()
                    .anyMatch(claim -> claim.getHeartbeatAt().isAfter(back.plus(patience))));

            assertThat(claims()).allMatch(claim -> claim.getEpoch() == 0);
            assertThat(first.bots() + second.bots()).isEqualTo(1);
            publish(BotCommandType.LEAVE);
            await().atMost(Duration.ofSeconds(20)).until(() -> statuses().contains("completed(stopped)"));
        }
    }

    @Test
    void oldOrder_isNotTakenUp() {
        int partition = publish(command(BotCommandType.JOIN, Instant.now().minusSeconds(3_600)));
        String next = Integer.toString(MEETINGS.incrementAndGet());
        log.publisher(log.topics().botCommands())
                .publish(
                        next,
                        BotCommand.newBuilder(command(BotCommandType.JOIN, Instant.now()))
                                .setMeetingId(next)
                                .setSessionUid(UUID.randomUUID().toString())
                                .build(),
                        partition)
                .block(Duration.ofSeconds(10));
        try (BotFleet node = node()) {
            // Orders of a partition are taken up one after the other.
            await().atMost(Duration.ofSeconds(20)).until(() -> statuses(next).equals(List.of("failed(join_failure)")));

            assertThat(statuses()).isEmpty();
            assertThat(claims()).isEmpty();
        }
    }

    @Test
    void meetingInsideTheNodesOwnNetwork_isNotOpened() {
        publish(BotCommand.newBuilder(command(BotCommandType.JOIN, Instant.now()))
                .setPlatform("jitsi")
                .setMeetingUrl("https://127.0.0.1:1/room")
                .build());
        try (BotFleet node = node()) {
            awaitReleased();

            assertThat(statuses()).containsExactly("failed(join_failure)");
            assertThat(events(MeetingEventType.ERROR)).singleElement().satisfies(error -> assertThat(error.getDetail())
                    .contains("not on the public Internet"));
        }
    }

    @Test
    void mockOfNoScenario_failsWithASentence() {
        publish(BotCommand.newBuilder(command(BotCommandType.JOIN, Instant.now()))
                .setBotName("mock:nothing-of-the-kind")
                .build());
        try (BotFleet node = node()) {
            awaitReleased();

            assertThat(statuses()).containsExactly("failed(join_failure)");
            assertThat(events(MeetingEventType.ERROR)).singleElement().satisfies(error -> assertThat(error.getDetail())
                    .startsWith("mock:nothing-of-the-kind is no mock bot (expected: mock: and one of [normal, "));
        }
    }

    private static BotFleet node() {
        return node(Duration.ofSeconds(3));
    }

    private static BotFleet node(Duration claimTimeout) {
        return BotFleet.launch(
                new BotFleetConfig(
                        "node-" + UUID.randomUUID(),
                        2,
                        null,
                        true,
                        StayRules.DEFAULTS,
                        claimTimeout,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        true,
                        false),
                log);
    }

    private void publish(BotCommandType type) {
        publish(command(type, Instant.now()));
    }

    /** Returns the partition. */
    private int publish(BotCommand command) {
        return log.publisher(log.topics().botCommands())
                .publish(meetingId, command)
                .block(Duration.ofSeconds(10))
                .partition();
    }

    private BotCommand command(BotCommandType type, Instant issuedAt) {
        return BotCommand.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(sessionUid)
                .setType(type)
                .setIssuedAt(issuedAt)
                .setPlatform(type == BotCommandType.JOIN ? "carrier-pigeon" : null)
                .setMeetingUrl(type == BotCommandType.JOIN ? "http://127.0.0.1:1/" : null)
                .build();
    }

    private BotClaim claim(String node, Instant heartbeat) {
        return BotClaim.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(sessionUid)
                .setNode(node)
                .setEpoch(0)
                .setState(BotClaimState.CLAIMED)
                .setHeartbeatAt(heartbeat)
                .build();
    }

    private void awaitReleased() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> claims().stream().anyMatch(claim -> claim.getState() == BotClaimState.RELEASED));
        await().until(() -> !statuses().isEmpty());
    }

    private List<BotClaim> claims() {
        return CLAIMS.stream()
                .filter(claim -> claim.getSessionUid().equals(sessionUid))
                .toList();
    }

    private List<String> statuses() {
        return statuses(meetingId);
    }

    private static List<String> statuses(String meeting) {
        return events(meeting, MeetingEventType.STATUS_CHANGED).stream()
                .map(event -> event.getStatus() + "(" + event.getReason() + ")")
                .toList();
    }

    private List<MeetingEvent> events(MeetingEventType type) {
        return events(meetingId, type);
    }

    private static List<MeetingEvent> events(String meeting, MeetingEventType type) {
        return EVENTS.stream()
                .filter(event -> event.getMeetingId().equals(meeting) && event.getType() == type)
                .toList();
    }
}
