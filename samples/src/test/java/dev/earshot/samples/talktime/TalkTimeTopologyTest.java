package dev.earshot.samples.talktime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.samples.Entries;
import dev.earshot.samples.talktime.MeetingTalk.Talk;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.TranscriptSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TalkTimeTopologyTest {

    /** Avro with the schema beside each record in place of a registry. */
    private static final Serde<TranscriptSegment> ENTRIES = Serdes.serdeFrom(
            (topic, entry) -> {
                try {
                    return TranscriptSegment.getEncoder().encode(entry).array();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            },
            (topic, bytes) -> {
                try {
                    return TranscriptSegment.getDecoder().decode(ByteBuffer.wrap(bytes));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

    private final List<String> told = new ArrayList<>();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            TalkTimeTopology.of(
                    Topics.defaults().segments(), ENTRIES, (meeting, talk) -> told.add(meeting + " " + talk.seq())),
            settings());
    private final TestInputTopic<String, TranscriptSegment> transcript =
            driver.createInputTopic(Topics.defaults().segments().name(), new StringSerializer(), ENTRIES.serializer());

    private static Properties settings() {
        var settings = new Properties();
        settings.put("application.id", "test");
        settings.put("bootstrap.servers", "nowhere:1");
        return settings;
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private Map<String, Talk> talk(String meeting) {
        MeetingTalk talk = driver.<String, MeetingTalk>getKeyValueStore(TalkTimeTopology.STORE)
                .get(meeting);
        return talk == null ? Map.of() : talk.speakers();
    }

    @Test
    void addsUpWhatEachSpeakerOfEachMeetingSaid() {
        transcript.pipeInput("7", Entries.said("7", 1, "Alice", 1_000, 2_500, "good morning everyone"));
        transcript.pipeInput("7", Entries.said("7", 2, "Bob", 2_600, 3_000, "morning"));
        transcript.pipeInput("8", Entries.said("8", 1, "Alice", 0, 9_000, "elsewhere"));
        transcript.pipeInput("7", Entries.said("7", 3, "Alice", 3_000, 4_000, "let us  start"));

        assertThat(talk("7")).isEqualTo(Map.of("Alice", new Talk(2_500, 6), "Bob", new Talk(400, 1)));
        assertThat(talk("8")).isEqualTo(Map.of("Alice", new Talk(9_000, 1)));
        assertThat(told).containsExactly("7 1", "7 2", "8 1", "7 3");
    }

    @Test
    void countsAnEntryOnce_howeverOftenItComes() {
        for (int i = 0; i < 3; i++) {
            transcript.pipeInput("7", Entries.said("7", 1, "Alice", 0, 1_000, "once"));
        }

        assertThat(talk("7")).isEqualTo(Map.of("Alice", new Talk(1_000, 1)));
    }

    @Test
    void countsSpeechOnly_andUnknownSpeakersTogether() {
        transcript.pipeInput("7", Entries.gap("7", 1, 0, 5_000));
        transcript.pipeInput("7", Entries.said("7", 2, null, 0, 1_000, "who is"));
        transcript.pipeInput("7", Entries.said("7", 3, null, 1_000, 2_000, "this"));

        assertThat(talk("7")).isEqualTo(Map.of("(unknown)", new Talk(2_000, 3)));
    }
}
