package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.BotClaim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka that asks for a password gets it from every client of the log. */
class GuardedBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static GuardedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = GuardedBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static EventLog open(Topics topics, Duration patience, Map<String, String> clientSettings) {
        var config = new EventLogConfig(
                broker.bootstrapServers(),
                Servers.registryUrl(),
                "guarded",
                patience,
                EventLogConfig.BROKERS_DEFAULT,
                clientSettings);
        return EventLog.open(config, topics);
    }

    @Test
    void everyClientIsLetIn() {
        Topics topics = Servers.freshTopics();
        Topic<BotClaim> claims = topics.botClaims();
        try (EventLog log = open(topics, PATIENCE, GuardedBroker.key())) {
            log.createTopics();
            log.check();
            var publisher = log.publisher(claims);
            Servers.claims(2).forEach(claim -> publisher.publish("7", claim).block(PATIENCE));

            var received = log.receive(claims, Subscription.group("guarded-readers"))
                    .take(2)
                    .concatMap(claim -> log.deadLetter(claims, claim, new IllegalStateException("not today"))
                            .thenReturn(claim.value().getEpoch()))
                    .collectList()
                    .block(PATIENCE);
            assertThat(received).containsExactly(0L, 1L);

            assertThat(log.deadLetterOffice().replay(claims, Set.of()).sent()).hasSize(2);
        }
    }

    @Test
    void saysThatItIsNotLetIn() {
        try (EventLog log = open(Servers.freshTopics(), Duration.ofSeconds(5), GuardedBroker.key("guessed"))) {
            assertThatThrownBy(log::check)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("Authentication failed")
                    .hasMessageEndingWith("are KAFKA_BOOTSTRAP_SERVERS and KAFKA_CLIENT_SETTINGS right?");
        }
    }
}
