package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Which position the next owner of a partition starts from. */
class AcknowledgeIT {

    private static final String GROUP = "workers";
    private static final int RECORDS = 10;

    private final Topics topics = Servers.freshTopics();
    private final Topic<BotClaim> topic = topics.botClaims();
    private EventLog log;

    @BeforeEach
    void open() {
        log = Servers.open(topics);
        log.createTopics();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            int p = partition;
            Flux.fromIterable(Servers.claims(RECORDS))
                    .concatMap(claim -> log.publisher(topic).publish("7", claim, p))
                    .blockLast();
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Inbox<BotClaim> inbox(EventLog of) {
        return new Inbox<>(watched -> of.receive(topic, watched), Subscription.group(GROUP));
    }

    private Inbox<BotClaim> inboxThatAsksForOne(EventLog of) {
        return Inbox.asking(1, watched -> of.receive(topic, watched), Subscription.group(GROUP));
    }

    private static Received<BotClaim> at(List<Received<BotClaim>> records, int partition, long offset) {
        return records.stream()
                .filter(r -> r.partition() == partition && r.offset() == offset)
                .findFirst()
                .orElseThrow();
    }

    private void awaitCommitted(Map<Integer, Long> expected) {
        Awaitility.await().atMost(Inbox.PATIENCE).untilAsserted(() -> assertThat(Servers.committed(GROUP, topic))
                .isEqualTo(expected));
    }

    @Test
    void commitsThePositionAfterTheRecord_atTheNextInterval() {
        try (Inbox<BotClaim> inbox = inbox(log)) {
            List<Received<BotClaim>> all = inbox.next(2 * RECORDS);
            at(all, 0, 4).acknowledge();
            at(all, 1, 0).acknowledge();

            awaitCommitted(Map.of(0, 5L, 1, 1L));
        }
    }

    @Test
    void commitsNothing_withoutAnAcknowledgement() {
        try (Inbox<BotClaim> inbox = inbox(log)) {
            inbox.next(2 * RECORDS);
        }
        log.close();

        assertThat(Servers.committed(GROUP, topic)).isEmpty();
    }

    @Test
    void neverGoesBack_whenAnEarlierRecordIsAcknowledgedLater() {
        try (Inbox<BotClaim> inbox = inbox(log)) {
            List<Received<BotClaim>> all = inbox.next(2 * RECORDS);
            at(all, 0, 7).acknowledge();
            awaitCommitted(Map.of(0, 8L));

            at(all, 0, 2).acknowledge();
            at(all, 0, 7).acknowledge();
            at(all, 1, 3).acknowledge();

            awaitCommitted(Map.of(0, 8L, 1, 4L));
        }
        log.close();

        assertThat(Servers.committed(GROUP, topic)).isEqualTo(Map.of(0, 8L, 1, 4L));
    }

    @Test
    void commitsWhatWasAcknowledged_whenTheLogIsClosed() {
        try (Inbox<BotClaim> inbox = inbox(log)) {
            List<Received<BotClaim>> all = inbox.next(2 * RECORDS);
            at(all, 0, 9).acknowledge();
            at(all, 1, 5).acknowledge();
            log.close();
        }

        assertThat(Servers.committed(GROUP, topic)).isEqualTo(Map.of(0, 10L, 1, 6L));
    }

    @Test
    void resumesBehindTheLastAcknowledgedRecord() {
        try (Inbox<BotClaim> inbox = inbox(log)) {
            at(inbox.next(2 * RECORDS), 0, 6).acknowledge();
        }
        log.close();

        try (EventLog later = Servers.open(topics);
                Inbox<BotClaim> inbox = inbox(later)) {
            assertThat(inbox.next(RECORDS + 3))
                    .extracting(Received::partition, Received::offset)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple(0, 7L),
                            org.assertj.core.groups.Tuple.tuple(0, 9L),
                            org.assertj.core.groups.Tuple.tuple(1, 0L))
                    .doesNotContain(org.assertj.core.groups.Tuple.tuple(0, 6L));
        }
    }

    @Test
    void handsAPartitionOver_withThePositionAcknowledgedBefore() {
        try (EventLog newcomers = Servers.open(topics);
                Inbox<BotClaim> first = inbox(log).awaitPartitions(2)) {
            List<Received<BotClaim>> all = first.next(2 * RECORDS);
            at(all, 0, 4).acknowledge();
            at(all, 1, 4).acknowledge();

            try (Inbox<BotClaim> second = inbox(newcomers).awaitPartitions(1)) {
                // Nearly everything is unacknowledged: waiting for it would take a minute.
                assertThat(second.next(RECORDS - 5).get(0).offset()).isEqualTo(5);

                int moved = second.partitions().iterator().next();
                int kept = 1 - moved;
                at(all, moved, 9).acknowledge();
                at(all, kept, 9).acknowledge();

                awaitCommitted(Map.of(moved, 5L, kept, 10L));
            }
        }
    }

    @Test
    void givesARecordOnce_whenItWaitedHereWhileItsPartitionWentAwayAndCameBack() {
        EventLog passing = Servers.open(topics);
        try (Inbox<BotClaim> reserved = inboxThatAsksForOne(log).awaitPartitions(2)) {
            Received<BotClaim> first = reserved.next();
            int moved;
            try (Inbox<BotClaim> visitor = inbox(passing).awaitPartitions(1)) {
                moved = visitor.partitions().iterator().next();
                at(visitor.next(RECORDS), moved, 4).acknowledge();
                passing.close();
            }
            reserved.awaitPartitions(2);

            reserved.askForAll();

            int kept = first.partition() == moved ? RECORDS : RECORDS - 1;
            List<Received<BotClaim>> rest = reserved.next(kept + 5);
            assertThat(rest)
                    .filteredOn(record -> record.partition() == moved)
                    .extracting(Received::offset)
                    .containsExactly(5L, 6L, 7L, 8L, 9L);
            assertThat(rest).allMatch(Received::isHeld);
        }
    }

    @Test
    void takesThePartitionsOfAReceiverThatLeft() {
        EventLog leaving = Servers.open(topics);
        try (Inbox<BotClaim> stays = inbox(log).awaitPartitions(2);
                Inbox<BotClaim> leaves = inbox(leaving).awaitPartitions(1)) {
            stays.awaitPartitions(1);
            leaving.close();

            // Without leaving the group it would be a member until its session is over.
            assertThat(Servers.members(GROUP)).isEqualTo(1);
            assertThat(leaves.partitions()).isEmpty();
            stays.awaitPartitions(2);
        }
    }
}
