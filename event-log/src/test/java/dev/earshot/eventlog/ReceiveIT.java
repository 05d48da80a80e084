package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** What comes out of a topic, whatever went into it. */
class ReceiveIT {

    private static final Subscription GROUP = Subscription.group("readers");

    private final Topics topics = Servers.freshTopics();
    private final Topic<BotClaim> topic = topics.botClaims();
    private EventLog log;

    @BeforeEach
    void open() {
        log = Servers.open(topics);
        log.createTopics();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Inbox<BotClaim> inbox(Subscription subscription) {
        return new Inbox<>(watched -> log.receive(topic, watched), subscription);
    }

    @Test
    void receivesWhatWasPublished_withKeyAndPosition() {
        Instant before = Instant.now();
        Position position =
                log.publisher(topic).publish("7", Servers.claim(42), 1).block();
        try (Inbox<BotClaim> inbox = inbox(GROUP)) {
            Received<BotClaim> received = inbox.next();

            assertThat(received.value()).isEqualTo(Servers.claim(42));
            assertThat(received.key()).isEqualTo("7");
            assertThat(position).isEqualTo(new Position(1, 0));
            assertThat(new Position(received.partition(), received.offset())).isEqualTo(position);
            assertThat(received.producedAt())
                    .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
        }
    }

    @Test
    void sharesTheTopic_amongTheReceiversOfAGroup() {
        try (Inbox<BotClaim> one = inbox(GROUP);
                Inbox<BotClaim> other = inbox(GROUP)) {
            one.awaitPartitions(1);
            other.awaitPartitions(1);

            publishOneToEachPartition();

            assertThat(one.next().partition()).isIn(one.partitions());
            assertThat(other.next().partition()).isIn(other.partitions());
            assertThat(one.waiting() + other.waiting()).isZero();
        }
    }

    @Test
    void givesEverythingToEverybody_withoutAGroup() {
        publishOneToEachPartition();
        try (Inbox<BotClaim> one = inbox(Subscription.everything(Subscription.From.EARLIEST));
                Inbox<BotClaim> other = inbox(Subscription.everything(Subscription.From.EARLIEST))) {
            assertThat(one.next(2)).extracting(Received::partition).containsExactlyInAnyOrder(0, 1);
            assertThat(other.next(2)).extracting(Received::partition).containsExactlyInAnyOrder(0, 1);
        }
    }

    @Test
    void startsAtTheEnd_whenAskedForTheLatest() {
        publishOneToEachPartition();
        try (Inbox<BotClaim> inbox =
                inbox(Subscription.everything(Subscription.From.LATEST)).awaitPartitions(2)) {
            log.publisher(topic).publish("7", Servers.claim(99), 0).block();

            assertThat(inbox.next().value().getEpoch()).isEqualTo(99);
        }
    }

    @Test
    void acknowledgingDoesNothing_withoutAGroup() {
        publishOneToEachPartition();
        try (Inbox<BotClaim> inbox = inbox(Subscription.everything(Subscription.From.EARLIEST))) {
            inbox.next(2).forEach(Received::acknowledge);
            Servers.produceRaw(topic.name(), 0, "7", null);
            log.publisher(topic).publish("7", Servers.claim(99), 0).block();

            // A commit without a group would end the consumer, and a new one would start over.
            assertThat(inbox.next().value().getEpoch()).isEqualTo(99);
            assertThat(inbox.partitions()).hasSize(2);
        }
    }

    @Test
    void putsMalformedBytesAmongTheDeadLetters_andGoesOn() {
        byte[] good = log.serde(BotClaim.class).serialize(topic.name(), Servers.claim(1));
        byte[] unknownSchema =
                ByteBuffer.wrap(good.clone()).putInt(1, 1_000_000).array();
        List<byte[]> malformed = List.of(
                "not avro".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                Arrays.copyOf(good, 9),
                Arrays.copyOf(good, good.length + 1),
                unknownSchema);
        malformed.forEach(bytes -> Servers.produceRaw(topic.name(), 0, "7", bytes));
        log.publisher(topic).publish("7", Servers.claim(99), 0).block();

        try (Inbox<BotClaim> inbox = inbox(GROUP)) {
            assertThat(inbox.next().value().getEpoch()).isEqualTo(99);
            Awaitility.await().atMost(Inbox.PATIENCE).untilAsserted(() -> assertThat(
                            Servers.committed("readers", topic))
                    .containsEntry(0, 5L));
        }

        var letters = Servers.readRaw(topic.deadLetterName(), malformed.size());
        assertThat(letters).extracting(ConsumerRecord::value).containsExactlyElementsOf(malformed);
        assertThat(letters).extracting(ConsumerRecord::key).containsOnly("7");
        assertThat(header(letters.get(0), "error.class")).isEqualTo(MalformedRecordException.class.getName());
        assertThat(header(letters.get(0), "error.message")).contains("not in the registry's wire format");
        assertThat(header(letters.get(4), "error.message")).contains("1000000");
        assertThat(header(letters.get(2), "source.topic")).isEqualTo(topic.name());
        assertThat(header(letters.get(2), "source.partition")).isEqualTo("0");
        assertThat(header(letters.get(2), "source.offset")).isEqualTo("2");
    }

    @Test
    void aRecordTooLargeForADeadLetter_isKeptWithoutItsEnd() {
        byte[] huge = new byte[DeadLetterHeaders.MOST_BYTES + 300_000];
        Servers.produceRaw(topic.name(), 0, "7", huge);
        log.publisher(topic).publish("7", Servers.claim(99), 0).block();

        try (Inbox<BotClaim> inbox = inbox(GROUP)) {
            assertThat(inbox.next().value().getEpoch()).isEqualTo(99);
        }

        var letter = Servers.readRaw(topic.deadLetterName(), 1).get(0);
        assertThat(letter.value()).hasSize(DeadLetterHeaders.MOST_BYTES);
        assertThat(header(letter, "source.bytes")).isEqualTo(Integer.toString(huge.length));
    }

    @Test
    void keepsARecordAmongTheDeadLetters_whenItsReaderCannotHandleIt() {
        log.publisher(topic).publish("7", Servers.claim(1), 0).block();
        try (Inbox<BotClaim> inbox = inbox(GROUP)) {
            log.deadLetter(topic, inbox.next(), new IllegalArgumentException("no such meeting"))
                    .block();
        }

        var letter = Servers.readRaw(topic.deadLetterName(), 1).get(0);
        assertThat(log.serde(BotClaim.class).deserialize(topic.name(), letter.value()))
                .isEqualTo(Servers.claim(1));
        assertThat(header(letter, "error.message")).isEqualTo("no such meeting");
    }

    @Test
    void passesOverTombstones() {
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        publisher.publish("7", Servers.claim(1)).block();
        int partition = publisher.erase("7").block().partition();
        publisher.publish("7", Servers.claim(99)).block();
        try (Inbox<BotClaim> inbox = inbox(GROUP)) {
            inbox.next().acknowledge();
            assertThat(inbox.next().offset()).isEqualTo(2);
            Awaitility.await().atMost(Inbox.PATIENCE).untilAsserted(() -> assertThat(
                            Servers.committed("readers", topic))
                    .containsEntry(partition, 2L));
        }
    }

    @Test
    void fetchesNoMoreThanIsAskedFor() {
        int published = 2000;
        Flux.fromIterable(Servers.claims(published))
                .flatMap(claim -> log.publisher(topic).publish("7", claim, 0), 256)
                .blockLast();
        var eager = Subscription.group("slow").withMaxPollRecords(10);

        var first = log.receive(topic, eager)
                .limitRate(1)
                .take(5)
                .doOnNext(Received::acknowledge)
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(first).extracting(Received::offset).containsExactly(0L, 1L, 2L, 3L, 4L);
        try (Inbox<BotClaim> rest = inbox(Subscription.group("slow"))) {
            assertThat(rest.next(published - 5))
                    .extracting(Received::offset)
                    .startsWith(5L)
                    .isSorted();
        }
    }

    /** The consumer's thread of a subscriber that asks for nothing; another machine's load only makes it use less. */
    @Test
    void restsWhileNothingIsAskedFor() throws InterruptedException {
        Flux.fromIterable(Servers.claims(5_000))
                .flatMap(claim -> log.publisher(topic).publish("7", claim), 256)
                .blockLast();
        var asked = new CountDownLatch(1);
        var reserved = new BaseSubscriber<Received<BotClaim>>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(Received<BotClaim> received) {
                asked.countDown();
            }
        };
        log.receive(topic, Subscription.group("reserved")).subscribe(reserved);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        var before = new AtomicLong();

        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Inbox.PATIENCE)
                .untilAsserted(() -> {
                    long now = cpuMillis("reactive-kafka-reserved");
                    assertThat(now - before.getAndSet(now)).isLessThan(100);
                });
        reserved.cancel();
    }

    private static long cpuMillis(String threadName) {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(threadName))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()) / 1_000_000)
                .sum();
    }

    @Test
    void endsReceivers_whenTheLogIsClosed() throws InterruptedException {
        try (Inbox<BotClaim> inbox = inbox(GROUP).awaitPartitions(2)) {
            log.close();

            assertThat(inbox.awaitCompleted()).isTrue();
            assertThat(Servers.members("readers")).isZero();
        }
    }

    private void publishOneToEachPartition() {
        for (int partition = 0; partition < topic.partitions(); partition++) {
            log.publisher(topic)
                    .publish("7", Servers.claim(partition), partition)
                    .block();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
