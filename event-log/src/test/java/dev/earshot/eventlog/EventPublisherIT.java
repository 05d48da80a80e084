package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class EventPublisherIT {

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

    private List<Received<BotClaim>> read(int count) {
        try (Inbox<BotClaim> inbox =
                new Inbox<>(s -> log.receive(topic, s), Subscription.everything(Subscription.From.EARLIEST))) {
            return inbox.next(count);
        }
    }

    @Test
    void keepsTheOrderOfEachThread() throws InterruptedException {
        int threads = 4;
        int each = 2000;
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        var answered = new CountDownLatch(threads * each);
        var publishing = IntStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        publisher
                                .publish("key-" + thread, Servers.claim(i), 0)
                                .subscribe(position -> answered.countDown());
                    }
                }))
                .toList();
        publishing.forEach(Thread::start);

        assertThat(answered.await(Inbox.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var received = read(threads * each);
        for (int thread = 0; thread < threads; thread++) {
            String key = "key-" + thread;
            assertThat(received.stream().filter(r -> key.equals(r.key())))
                    .extracting(r -> r.value().getEpoch())
                    .containsExactlyElementsOf(LongStream.range(0, each).boxed().toList());
        }
    }

    @Test
    void keepsAKeyOnOnePartition_asEveryKafkaProducerDoes() {
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        var partitions = Flux.range(0, 20)
                .concatMap(i -> publisher.publish("meeting-" + i % 2, Servers.claim(i)))
                .map(Position::partition)
                .collectList()
                .block();

        assertThat(partitions.stream().distinct()).hasSizeBetween(1, 2);
        assertThat(IntStream.range(2, 20).allMatch(i -> partitions.get(i).equals(partitions.get(i - 2))))
                .isTrue();
    }

    @Test
    void answersEveryRecordBeforeItIsClosed() {
        int records = 5000;
        var positions = Collections.synchronizedList(new ArrayList<Position>());
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        for (int i = 0; i < records; i++) {
            publisher.publish("7", Servers.claim(i), 0).subscribe(positions::add);
        }
        publisher.close();

        assertThat(positions)
                .extracting(Position::offset)
                .containsExactlyElementsOf(LongStream.range(0, records).boxed().toList());
        assertThat(read(records)).hasSize(records);
    }

    @Test
    void refusesRecords_whenClosed() {
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        publisher.close();
        publisher.close();

        assertThatThrownBy(() -> publisher.publish("7", Servers.claim(1)).block())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("publisher to " + topic.name() + " is closed");
    }

    @Test
    void failsTheRecordThatKafkaRefuses_andNoOther() {
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        BotClaim huge = BotClaim.newBuilder(Servers.claim(1))
                .setNode("n".repeat(40_000_000))
                .build();
        var good = publisher.publish("7", Servers.claim(2), 0);

        assertThatThrownBy(() -> publisher.publish("7", huge, 0).block()).isInstanceOf(RecordTooLargeException.class);
        assertThat(good.block().offset()).isZero();
    }

    /** A topic that is not there stops the producer for a minute: as good as a broker that does not answer. */
    @Test
    void saysOverloaded_whenTooManyRecordsWait_andFailsTheRestWhenClosed() {
        Topics missing = Servers.freshTopics();
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        try (EventLog stuck = Servers.open(missing)) {
            EventPublisher<BotClaim> publisher = stuck.publisher(missing.botClaims());
            for (int i = 0; i < EventPublisher.MAX_UNANSWERED; i++) {
                publisher.publish("7", Servers.claim(i), 0).subscribe(position -> {}, failures::add);
            }
            assertThat(failures).isEmpty();

            assertThatThrownBy(() -> publisher.publish("7", Servers.claim(1), 0).block())
                    .isInstanceOf(OverloadedException.class)
                    .hasMessage(
                            "publishing to " + missing.botClaims().name() + " is behind: no room for another record");
        }
        assertThat(failures).hasSize(EventPublisher.MAX_UNANSWERED);
    }

    @Test
    void publishesAgain_afterAnOverload() {
        EventPublisher<BotClaim> publisher = log.publisher(topic);
        int tooMany = 3 * EventPublisher.MAX_UNANSWERED;
        var overloaded = new java.util.concurrent.atomic.AtomicInteger();
        Long published = Flux.range(0, tooMany)
                .flatMap(
                        i -> publisher.publish("7", Servers.claim(i), 0).onErrorResume(OverloadedException.class, e -> {
                            overloaded.incrementAndGet();
                            return reactor.core.publisher.Mono.empty();
                        }),
                        tooMany)
                .count()
                .block(Inbox.PATIENCE);

        assertThat(published + overloaded.get()).isEqualTo(tooMany);
        assertThat(publisher.publish("7", Servers.claim(1), 1).block()).isEqualTo(new Position(1, 0));
    }
}
