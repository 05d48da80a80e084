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

    @Test
    void oldOrder_isNotTakenUp() {
        publish(command(BotCommandType.JOIN, Instant.now().minusSeconds(3_600)));
        try (BotFleet node = node()) {
            await().during(Duration.ofSeconds(3)).until(() -> statuses().isEmpty());
            assertThat(node.bots()).isZero();
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
        return BotFleet.launch(
                new BotFleetConfig(
                        "node-" + UUID.randomUUID(),
                        2,
                        null,
                        true,
                        StayRules.DEFAULTS,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        true,
                        false),
                log);
    }

    private void publish(BotCommandType type) {
        publish(command(type, Instant.now()));
    }

    private void publish(BotCommand command) {
        log.publisher(log.topics().botCommands()).publish(meetingId, command).block(Duration.ofSeconds(10));
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
        await().atMost(Duration.ofSeconds(20)).until(() -> CLAIMS.stream()
                .anyMatch(claim ->
                        claim.getSessionUid().equals(sessionUid) && claim.getState() == BotClaimState.RELEASED));
        await().until(() -> !statuses().isEmpty());
    }

    private List<String> statuses() {
        return events(MeetingEventType.STATUS_CHANGED).stream()
                .map(event -> event.getStatus() + "(" + event.getReason() + ")")
                .toList();
    }

    private List<MeetingEvent> events(MeetingEventType type) {
        return EVENTS.stream()
                .filter(event -> event.getMeetingId().equals(meetingId) && event.getType() == type)
                .toList();
    }
}
