package dev.earshot.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.schema.Retentions;
import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AudioChunk;
import dev.earshot.schema.avro.BotClaim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class CreateTopicsIT {

    @Test
    void createsTopicsAndTheirDeadLetters_asTheCatalogueSays() throws Exception {
        Topics topics = Servers.freshTopics();
        try (EventLog log = Servers.open(topics);
                Admin admin = Servers.admin()) {
            log.check();
            log.createTopics();
            log.createTopics();

            var names = topics.all().stream()
                    .flatMap(t -> List.of(t.name(), t.deadLetterName()).stream())
                    .toList();
            var described = admin.describeTopics(names).allTopicNames().get();
            assertThat(described.get(topics.audioChunks().name()).partitions()).hasSize(4);
            assertThat(described.get(topics.audioChunks().deadLetterName()).partitions())
                    .hasSize(1);
            assertThat(setting(admin, topics.botClaims().name(), "cleanup.policy"))
                    .isEqualTo("compact");
            assertThat(setting(admin, topics.segments().name(), "retention.ms")).isEqualTo("-1");
            assertThat(setting(admin, topics.segments().deadLetterName(), "retention.ms"))
                    .isEqualTo("1209600000");
        }
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    @Test
    void keepsWhatIsThere_asLongAsIsAskedNow() throws Exception {
        Topics topics = Servers.freshTopics();
        try (EventLog log = Servers.open(topics)) {
            log.createTopics();
        }
        Topic<AudioChunk> audio = topics.audioChunks();
        var asked =
                new Retentions(Map.of(audio.name(), Duration.ofHours(6), Retentions.DEAD_LETTERS, Duration.ofDays(2)));

        try (EventLog log = Servers.open(Servers.keeping(topics, asked));
                Admin admin = Servers.admin()) {
            log.createTopics();

            assertThat(setting(admin, audio.name(), "retention.ms")).isEqualTo("21600000");
            assertThat(setting(admin, audio.deadLetterName(), "retention.ms")).isEqualTo("172800000");
            assertThat(setting(admin, topics.speakerEvents().name(), "retention.ms"))
                    .isEqualTo("2592000000");
        }
    }

    @Test
    void letsSeveralProcessesCreateAtOnce() {
        Topics topics = Servers.freshTopics();
        var processes = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            try (EventLog log = Servers.open(topics)) {
                                log.createTopics();
                            }
                        },
                        task -> new Thread(task).start()))
                .toArray(CompletableFuture[]::new);

        assertThat(CompletableFuture.allOf(processes)).succeedsWithin(Inbox.PATIENCE);
    }

    /** KAFKA-15591: without waiting for every leader, 23 of 25 fresh topics lost up to a quarter of these. */
    @Test
    void losesNothing_whenPublishingRightAfterCreation() {
        int records = 4000;
        for (int round = 0; round < 5; round++) {
            Topics topics = Servers.freshTopics();
            Topic<BotClaim> topic = topics.botClaims();
            try (EventLog log = Servers.open(topics)) {
                EventPublisher<BotClaim> publisher = log.publisher(topic);
                log.createTopics();

                Long published = Flux.fromIterable(Servers.claims(records))
                        .flatMap(
                                claim -> publisher.publish("7", claim, (int) (claim.getEpoch() % topic.partitions())),
                                records)
                        .count()
                        .block(Inbox.PATIENCE);

                assertThat(published).isEqualTo(records);
                try (Inbox<BotClaim> inbox =
                        new Inbox<>(s -> log.receive(topic, s), Subscription.everything(Subscription.From.EARLIEST))) {
                    assertThat(inbox.next(records))
                            .extracting(r -> r.value().getEpoch())
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    @Test
    void refusesATopicWithAnotherNumberOfPartitions() {
        Topics topics = Servers.freshTopics();
        try (EventLog log = Servers.open(topics)) {
            log.createTopics();
        }
        Topic<AudioChunk> audio = topics.audioChunks();
        Topics bigger = Servers.with(
                topics, new Topic<>(audio.name(), AudioChunk.class, 16, audio.retention(), false), Retentions.DECLARED);

        try (EventLog log = Servers.open(bigger)) {
            assertThat(List.<ThrowingCallable>of(log::createTopics, log::check))
                    .allSatisfy(call -> assertThatThrownBy(call)
                            .isInstanceOf(EventLogException.class)
                            .hasMessage("topic " + audio.name() + " at " + Servers.bootstrapServers()
                                    + " has 4 partitions (expected: 16); set AUDIO_PARTITIONS and MEETING_PARTITIONS to"
                                    + " the numbers that there are, or create it anew"));
        }
    }
}
