package dev.earshot.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.schema.avro.BotClaim;
import dev.earshot.schema.avro.SpeakerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static Topic<BotClaim> named(String name) {
        return new Topic<>(name, BotClaim.class, 1, Duration.ofDays(1), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"audio", "audio.chunk", "audio_chunk.v1", "Audio.chunk.v1", "audio.chunk.v", "a.b.c.v1", ""})
    void refusesATopicName_thatDoesNotSayContextNounAndVersion(String name) {
        assertThatThrownBy(() -> named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic name: " + name + " (expected: <context>.<noun>.v<major>)");
    }

    @Test
    void refusesATopicWithoutPartitions() {
        assertThatThrownBy(() -> new Topic<>("bot.claim.v1", BotClaim.class, 0, Duration.ofDays(1), false))
                .hasMessage("bot.claim.v1 partitions: 0 (expected: at least 1)");
    }

    @Test
    void namesWhatBelongsToATopic() {
        Topic<BotClaim> topic = named("bot.claim.v1");

        assertThat(topic.deadLetterName()).isEqualTo("bot.claim.v1.dlq");
        assertThat(topic.subject()).isEqualTo("bot.claim.v1-value");
        assertThat(topic.settings()).isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "86400000"));
        assertThat(new Topic<>("bot.claim.v1", BotClaim.class, 1, Topic.FOREVER, true).settings())
                .isEqualTo(Map.of("cleanup.policy", "compact", "retention.ms", "-1"));
    }

    @Test
    void declaresEachTopicOnce() {
        assertThat(Topics.defaults().all())
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .hasSize(8);
        assertThat(Topics.defaults().all()).extracting(Topic::valueType).doesNotHaveDuplicates();
    }

    @Test
    void givesTheInputsOfTheFoldOnePartitionCount() {
        Topics topics = Topics.of(64, 12);

        assertThat(topics.audioChunks().partitions()).isEqualTo(64);
        assertThat(List.of(topics.hypotheses(), topics.speakerEvents(), topics.meetingEvents()))
                .extracting(Topic::partitions)
                .containsOnly(12);
    }

    @Test
    void refusesInputsOfTheFold_thatNoTaskWouldSeeTogether() {
        Topics good = Topics.defaults();
        var few = new Topic<>("speaker.event.v1", SpeakerEvent.class, 3, Duration.ofDays(30), false);

        assertThatThrownBy(() -> new Topics(
                        good.audioChunks(),
                        good.meetingEvents(),
                        few,
                        good.botCommands(),
                        good.botClaims(),
                        good.hypotheses(),
                        good.live(),
                        good.segments(),
                        Retentions.DECLARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "asr.hypothesis.v1, speaker.event.v1, meeting.event.v1: 8, 3, 8 (expected: the same");
    }

    @Test
    void keepsTopicsAsLongAsWasAsked_andTheOthersAsDeclared() {
        var asked = Retentions.parse(" audio.chunk.v1=6h, asr.filtered.v1=2d ,transcript.segment.v1=365d,"
                + "meeting.event.v1=1h,dlq=forever");

        Topics topics = Topics.of(16, 8, asked);

        assertThat(topics.audioChunks().retention()).isEqualTo(Duration.ofHours(6));
        assertThat(topics.filtered().retention()).isEqualTo(Duration.ofDays(2));
        assertThat(topics.segments().retention()).isEqualTo(Duration.ofDays(365));
        assertThat(topics.meetingEvents().retention()).isEqualTo(Duration.ofHours(1));
        assertThat(topics.deadLetterRetention()).isEqualTo(Topic.FOREVER);
        assertThat(topics.hypotheses()).isEqualTo(Topics.defaults().hypotheses());
        assertThat(Topics.of(16, 8, Retentions.parse(" "))).isEqualTo(Topics.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio.chunk.v1 | retention: audio.chunk.v1 (expected: topic=time, such as audio.chunk.v1=6h)",
                "dlq=2w | retention of dlq: 2w (expected: hours or days such as 6h or 30d, or forever)",
                "dlq=0h | retention of dlq: 0h (expected: hours or days such as 6h or 30d, or forever)",
                "bot.claim.v1=1d | retention of bot.claim.v1 (expected: one of audio.chunk.v1, meeting.event.v1,"
                        + " speaker.event.v1, bot.command.v1, asr.hypothesis.v1, transcript.live.v1,"
                        + " transcript.segment.v1, asr.filtered.v1, dlq)"
            })
    void refusesRetention_thatMakesNoSense(String asked, String sentence) {
        assertThatThrownBy(() -> Topics.of(16, 8, Retentions.parse(asked)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void isDescribedInTheReadme_topicByTopic() throws IOException {
        List<String> rows = Topics.defaults().all().stream()
                .map(topic -> "| `%s` | %s | `%s` | %d | %s |"
                        .formatted(
                                topic.name(),
                                key(topic),
                                topic.valueType().getSimpleName(),
                                topic.partitions(),
                                retention(topic)))
                .toList();

        assertThat(Files.readAllLines(Path.of("README.md"))).containsSubsequence(rows);
    }

    /** The records' own docs say what the key is. */
    private static String key(Topic<?> topic) {
        String doc = SpecificData.get().getSchema(topic.valueType()).getDoc();
        return doc.replaceAll("(?s).*Key: ([a-z_]+)\\..*", "$1");
    }

    private static String retention(Topic<?> topic) {
        if (topic.compacted()) {
            return "newest of each key";
        }
        Duration kept = topic.retention();
        if (kept.equals(Topic.FOREVER)) {
            return "for ever";
        }
        return kept.toHours() < 24 ? kept.toHours() + " h" : kept.toDays() + " d";
    }
}
