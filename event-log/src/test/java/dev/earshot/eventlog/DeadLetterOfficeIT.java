package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.eventlog.DeadLetterIndex.Entry;
import dev.earshot.eventlog.DeadLetterOffice.Replay;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters on a real broker: what is seen of them, and that each goes back once. */
class DeadLetterOfficeIT {

    private final Topics topics = Servers.freshTopics();
    private final Topic<BotClaim> topic = topics.botClaims();
    private EventLog log;
    private DeadLetterOffice office;

    @BeforeEach
    void createTopics() {
        log = Servers.open(topics);
        log.createTopics();
        office = log.deadLetterOffice();
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Publishes claims with these numbers and buries each. */
    private void bury(long... numbers) {
        for (long number : numbers) {
            log.publisher(topic).publish("7", Servers.claim(number), 1).block();
        }
        try (Inbox<BotClaim> inbox = inbox("careless")) {
            for (Received<BotClaim> received : inbox.next(numbers.length)) {
                log.deadLetter(topic, received, new IllegalStateException("no such meeting"))
                        .block();
            }
        }
    }

    private Inbox<BotClaim> inbox(String group) {
        return new Inbox<>(subscription -> log.receive(topic, subscription), Subscription.group(group));
    }

    private List<Received<BotClaim>> onTopic(int count) {
        try (Inbox<BotClaim> inbox = new Inbox<>(
                subscription -> log.receive(topic, subscription),
                Subscription.everything(Subscription.From.EARLIEST))) {
            return inbox.next(count);
        }
    }

    @Test
    void showsWhatWasBuried_whyAndByWhom() {
        bury(1);
        Servers.produceRaw(topic.name(), 0, "8", "not avro".getBytes(StandardCharsets.UTF_8));
        log.publisher(topic).publish("8", Servers.claim(2), 0).block();
        onTopic(2);

        List<Entry> entries = office.index(topic).entries();
        assertThat(entries)
                .extracting(Entry::errorClass)
                .containsExactly(IllegalStateException.class.getName(), MalformedRecordException.class.getName());
        assertThat(entries).extracting(Entry::consumer).containsOnly("test");

        var letters = new ArrayList<DeadLetter>();
        office.read(topic, Set.of(0L, 1L), letters::add);
        assertThat(letters.get(0).errorMessage()).isEqualTo("no such meeting");
        assertThat(letters.get(0).source()).isEqualTo(new Position(1, 0));
        assertThat(office.decode(topic, letters.get(0))).isEqualTo(Servers.claim(1));
        assertThat(letters.get(1).key()).isEqualTo("8");
        assertThatThrownBy(() -> office.decode(topic, letters.get(1))).isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void sendsEachRecordBackOnce_toThePartitionItCameFrom() {
        bury(1, 2);

        assertThat(office.replay(topic, Set.of()).sent()).containsExactly(0L, 1L);
        assertThat(office.replay(topic, Set.of())).isEqualTo(new Replay(List.of(), Map.of()));
        assertThat(office.replay(topic, Set.of(1L)).left()).containsEntry(1L, "it was replayed before");

        List<Received<BotClaim>> all = onTopic(4);
        assertThat(all).extracting(received -> received.value().getEpoch()).containsExactly(1L, 2L, 1L, 2L);
        assertThat(all).extracting(Received::partition).containsOnly(1);
        assertThat(all.get(2).raw().headers())
                .extracting(header -> header.key())
                .containsExactly(DeadLetterHeaders.REPLAYED_LETTER);
        assertThat(office.index(topic).waiting()).isEmpty();
        assertThat(office.index(topic).entries()).hasSize(2);
    }

    @Test
    void waitsAnew_whenAReplayedRecordIsRefusedAgain() {
        bury(1);
        office.replay(topic, Set.of());
        try (Inbox<BotClaim> inbox = inbox("still-careless")) {
            inbox.next(2).stream().skip(1).forEach(again -> log.deadLetter(
                            topic, again, new IllegalStateException("still not"))
                    .block());
        }

        assertThat(office.index(topic).waiting()).hasSize(1);
        var letters = new ArrayList<DeadLetter>();
        office.read(topic, Set.of(office.index(topic).waiting().get(0).letter()), letters::add);
        assertThat(letters.get(0).recordHeaders()).containsEntry(DeadLetterHeaders.REPLAYED_LETTER, "0");
    }

    @Test
    void leavesWhatIsStillNoRecord_andSendsItsNeighbours() {
        Servers.produceRaw(topic.name(), 0, "8", "not avro".getBytes(StandardCharsets.UTF_8));
        log.publisher(topic).publish("8", Servers.claim(1), 0).block();
        onTopic(1);
        try (Inbox<BotClaim> inbox = inbox("careless")) {
            log.deadLetter(topic, inbox.next(), new IllegalStateException("no such meeting"))
                    .block();
        }

        Replay planned = office.plan(topic, Set.of());
        assertThat(office.index(topic).waiting()).as("a plan sends nothing").hasSize(2);

        Replay done = office.replay(topic, Set.of());
        assertThat(done).isEqualTo(planned);
        assertThat(done.sent()).hasSize(1);
        assertThat(done.left().values()).singleElement().asString().startsWith("still no BotClaim (");
    }

    @Test
    void whatWasNotCommittedNeverHappened() {
        bury(1);
        var letters = new ArrayList<DeadLetter>();
        office.read(topic, Set.of(0L), letters::add);
        try (var killed = ReplayProducer.open(topic, topic.partitions(), log.config(), clientSettings())) {
            killed.send(letters.get(0));

            assertThat(office.replay(topic, Set.of()).sent()).containsExactly(0L);
            assertThatThrownBy(killed::commit)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("another replay of " + topic.deadLetterName() + " has begun");
        }

        log.publisher(topic).publish("7", Servers.claim(99), 1).block();
        assertThat(onTopic(3))
                .extracting(received -> received.value().getEpoch())
                .containsExactly(1L, 1L, 99L);
    }

    private static Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", Servers.bootstrapServers());
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> office.replay(topic, Set.of(5L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("letter 5 of " + topic.name() + ": there is none");
        try (EventLog elsewhere = Servers.open(Servers.freshTopics())) {
            Topic<?> missing = elsewhere.topics().segments();
            assertThatThrownBy(() -> elsewhere.deadLetterOffice().index(missing))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("there is no topic " + missing.deadLetterName());
        }
        var nowhere = new EventLogConfig(
                "127.0.0.1:1", Servers.registryUrl(), "test", Duration.ofSeconds(2), (short) 1, Map.of());
        try (EventLog away = EventLog.open(nowhere, topics)) {
            assertThatThrownBy(() -> away.deadLetterOffice().index(topic))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("Kafka cannot be used at 127.0.0.1:1");
        }
    }
}
