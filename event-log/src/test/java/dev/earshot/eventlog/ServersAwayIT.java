package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.localstack.LocalStack;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A server that is not there is a sentence for people at start, and a delay afterwards. */
class ServersAwayIT {

    private static EventLogConfig config(String bootstrapServers, String registryUrl) {
        return new EventLogConfig(bootstrapServers, registryUrl, "test", Duration.ofSeconds(2), (short) 1, Map.of());
    }

    /** An address at which nobody answers. */
    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static void saysWithinItsTime(EventLogConfig config, String sentence) {
        long start = System.nanoTime();
        try (EventLog log = EventLog.open(config, Topics.defaults())) {
            assertThatThrownBy(log::check)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageStartingWith(sentence)
                    .hasMessageEndingWith("right?");
        }
        // Two seconds, and what a busy machine adds; Kafka's own patience would be a minute.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void saysThatKafkaIsAway() throws IOException {
        String away = nobody();
        saysWithinItsTime(config(away, Servers.registryUrl()), "Kafka cannot be used at " + away + " (");
        try (EventLog log = EventLog.open(config(away, Servers.registryUrl()), Topics.defaults())) {
            assertThatThrownBy(log::createTopics).hasMessageStartingWith("Kafka cannot be used at " + away);
        }
    }

    @Test
    void saysThatKafkasNameIsUnknown() {
        saysWithinItsTime(
                config("no-such-host.invalid:9092", Servers.registryUrl()),
                "Kafka cannot be used at no-such-host.invalid:9092 (");
    }

    @Test
    void saysThatTheRegistryIsAway() throws IOException {
        String away = "http://" + nobody();
        saysWithinItsTime(config(Servers.bootstrapServers(), away), "schema registry not reachable at " + away + " (");
    }

    @Test
    void saysWhatTheRegistryAnswered_whenTheAddressIsNotARegistrys() {
        try (EventLog log =
                EventLog.open(config(Servers.bootstrapServers(), Servers.registryUrl() + "/x"), Topics.defaults())) {
            assertThatThrownBy(log::check)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("/x/subjects answered 404");
        }
    }

    @Test
    void keepsThePasswordOutOfTheSentence() throws IOException {
        String away = nobody();
        try (EventLog log =
                EventLog.open(config(Servers.bootstrapServers(), "http://user:secret@" + away), Topics.defaults())) {
            assertThatThrownBy(log::check)
                    .hasMessageStartingWith("schema registry not reachable at http://" + away)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void saysWhichPartitionsBrokersAnswer_whileTheyDo_inAGroup() {
        saysWhichPartitionsBrokersAnswer(Subscription.group("readers"));
    }

    @Test
    void saysWhichPartitionsBrokersAnswer_whileTheyDo_withoutAGroup() {
        saysWhichPartitionsBrokersAnswer(Subscription.everything(Subscription.From.LATEST));
    }

    private static void saysWhichPartitionsBrokersAnswer(Subscription subscription) {
        Topics topics = Servers.freshTopics();
        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        try (LocalStack stack = Servers.start();
                EventLog log = EventLog.open(Servers.config(stack, "answers"), topics)) {
            log.createTopics();
            Subscription told = subscription.onAnswers(answered::addAll);
            Set<Integer> all = Set.of(0, 1);
            try (Inbox<BotClaim> inbox = new Inbox<>(s -> log.receive(topics.botClaims(), s), told)) {
                Awaitility.await().atMost(Inbox.PATIENCE).until(() -> answered.equals(all));
                assertThat(inbox.waiting()).isZero();

                stack.stopKafka();
                // What was answered before may still be told once.
                Awaitility.await().atMost(Inbox.PATIENCE).until(() -> {
                    answered.clear();
                    return !log.answers(Duration.ofSeconds(1)) && answered.isEmpty();
                });

                stack.startKafka();
                Awaitility.await().atMost(Inbox.PATIENCE).until(() -> answered.equals(all));
            }
        }
    }

    @Test
    void saysOfNoPartitionThatItsBrokerAnswers_whileNothingIsWanted() {
        Topics topics = Servers.freshTopics();
        Topic<BotClaim> topic = topics.botClaims();
        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        // One that may read from the replica in its rack.
        var config = new EventLogConfig(
                Servers.bootstrapServers(),
                Servers.registryUrl(),
                "test",
                Duration.ofSeconds(10),
                (short) 1,
                Map.of("client.rack", "here"));
        try (EventLog log = EventLog.open(config, topics)) {
            log.createTopics();
            for (long number = 0; number < 5; number++) {
                log.publisher(topic).publish("7", Servers.claim(number), 0).block();
            }
            Subscription told = Subscription.group("readers").onAnswers(answered::addAll);
            try (Inbox<BotClaim> reserved = Inbox.asking(1, s -> log.receive(topic, s), told)) {
                reserved.next();
                Awaitility.await().atMost(Inbox.PATIENCE).until(() -> {
                    answered.clear();
                    return log.answers(Duration.ofSeconds(1)) && answered.isEmpty();
                });

                reserved.askForAll();
                reserved.next(4);
                Awaitility.await().atMost(Inbox.PATIENCE).until(() -> answered.equals(Set.of(0, 1)));
            }
        }
    }

    @Test
    void publishesAndReceivesAgain_whenTheBrokerComesBack() {
        Topics topics = Servers.freshTopics();
        Topic<BotClaim> topic = topics.botClaims();
        try (LocalStack stack = Servers.start();
                EventLog log = EventLog.open(Servers.config(stack, "outage"), topics)) {
            log.createTopics();
            try (Inbox<BotClaim> inbox = new Inbox<>(s -> log.receive(topic, s), Subscription.group("readers"))) {
                EventPublisher<BotClaim> publisher = log.publisher(topic);
                publisher.publish("7", Servers.claim(0), 0).block();
                inbox.next().acknowledge();

                stack.stopKafka();
                var answered = new java.util.concurrent.atomic.AtomicInteger();
                Disposable publishing = Flux.fromIterable(Servers.claims(101))
                        .skip(1)
                        .flatMapSequential(claim -> publisher.publish("7", claim, 0), 256)
                        .subscribe(position -> answered.incrementAndGet());
                assertThat(answered).hasValue(0);
                stack.startKafka();

                Awaitility.await().atMost(Inbox.PATIENCE).until(publishing::isDisposed);
                assertThat(answered).hasValue(100);
                List<Long> received = inbox.next(100).stream()
                        .map(r -> r.value().getEpoch())
                        .distinct()
                        .toList();
                assertThat(received)
                        .containsSubsequence(
                                LongStream.rangeClosed(1, 100).boxed().toList());
            }
        }
    }
}
