package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver whose registry goes away in the middle: no record is passed over, and no place is lost. */
class RestartIT {

    private final Topics topics = Servers.freshTopics();
    private final Topic<BotClaim> topic = topics.botClaims();
    private RegistryGate gate;
    private EventLog publishing;
    private EventLog receiving;

    @BeforeEach
    void open() throws IOException {
        gate = new RegistryGate();
        publishing = Servers.open(topics);
        publishing.createTopics();
        receiving = EventLog.open(EventLogConfig.of(Servers.bootstrapServers(), gate.url(), "behind-the-gate"), topics);
    }

    @AfterEach
    void close() throws IOException {
        receiving.close();
        publishing.close();
        gate.close();
    }

    private Inbox<BotClaim> inbox(Subscription subscription) {
        return new Inbox<>(watched -> receiving.receive(topic, watched), subscription);
    }

    @Test
    void goesOnWhereItWas_withoutAGroup() throws IOException {
        goesOn(Subscription.everything(Subscription.From.LATEST));
    }

    @Test
    void goesOnWhereItWas_fromTheBeginning() throws IOException {
        goesOn(Subscription.everything(Subscription.From.EARLIEST));
    }

    @Test
    void goesOnBehindTheLastAcknowledgedRecord_inAGroup() throws IOException {
        goesOn(Subscription.group("readers"));
    }

    private void goesOn(Subscription subscription) throws IOException {
        try (Inbox<BotClaim> inbox = inbox(subscription).awaitPartitions(2)) {
            publish(1, 0);
            Received<BotClaim> first = inbox.next();
            assertThat(first.value().getEpoch()).isEqualTo(1);
            first.acknowledge();
            if (subscription.groupId() != null) {
                Awaitility.await().atMost(Inbox.PATIENCE).until(() -> Servers.committed("readers", topic)
                        .containsKey(0));
            }

            gate.shut();
            publishByNewerSoftware(2, 0);
            Awaitility.await().atMost(Inbox.PATIENCE).until(() -> gate.turnedAway() >= 2);
            publish(3, 0);
            publish(3, 1);
            gate.open();

            assertThat(inbox.next(3))
                    .extracting(r -> r.partition() + ":" + r.value().getEpoch())
                    .containsExactlyInAnyOrder("0:2", "0:3", "1:3")
                    .containsSubsequence("0:2", "0:3");
            assertThat(inbox.waiting()).isZero();
        }
    }

    private void publish(long number, int partition) {
        publishing
                .publisher(topic)
                .publish("7", Servers.claim(number), partition)
                .block();
    }

    /** The same record, written with a schema that has a field more: its reader must ask the registry. */
    private void publishByNewerSoftware(long number, int partition) {
        String newer = BotClaim.getClassSchema()
                .toString()
                .replaceFirst(
                        "\\]\\}$",
                        ",{\"name\":\"zone\",\"type\":[\"null\",\"string\"],\"doc\":\"Zone.\",\"default\":null}]}");
        int id = Servers.register(topic.subject(), newer);
        byte[] old = publishing.serde(BotClaim.class).serialize(topic.name(), Servers.claim(number));
        byte[] bytes = java.util.Arrays.copyOf(old, old.length + 1);
        ByteBuffer.wrap(bytes).putInt(1, id);
        Servers.produceRaw(topic.name(), partition, "7", bytes);
    }
}
