package dev.earshot.segment.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.Records;
import dev.earshot.segment.domain.MeetingState;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.domain.SegmentRules;
import dev.earshot.segment.domain.TextFilter;
import dev.earshot.segment.port.AggregatorEvents;
import dev.earshot.segment.streams.SegmentTopology.Folding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTopologyTest {

    private static final Topics TOPICS = Topics.defaults();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration TICK = Duration.ofMillis(200);
    private static final String TRACK = "s:t0";

    private static final TextFilter FILTER = new TextFilter(0, 0, Map.of(), List.of(Pattern.compile("\\[.*\\]")));

    private Topology topology =
            SegmentTopology.of(TOPICS, MemorySerde::of, Folding.by(new SegmentFold(SegmentRules.DEFAULTS), TICK));

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestOutputTopic<String, TranscriptLive> live;
    private TestOutputTopic<String, TranscriptSegment> segments;

    @BeforeEach
    void start() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        settings.put(DeadLetterHandler.TOPICS, TOPICS);
        driver = new TopologyTestDriver(topology, settings, NOW);
        live = output(TOPICS.live());
        segments = output(TOPICS.segments());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void hasTheShapeThatIsDrawn() {
        assertThat(topology.describe().toString())
                .isEqualToIgnoringWhitespace(
                        """
                        Topologies:
                           Sub-topology: 0
                            Source: hypotheses (topics: [asr.hypothesis.v1])
                              --> fold
                            Source: meeting-events (topics: [meeting.event.v1])
                              --> fold
                            Source: speaker-events (topics: [speaker.event.v1])
                              --> fold
                            Processor: fold (stores: [meetings])
                              --> live, segments
                              <-- hypotheses, speaker-events, meeting-events
                            Sink: live (topic: transcript.live.v1)
                              <-- fold
                            Sink: segments (topic: transcript.segment.v1)
                              <-- fold
                        """);
    }

    @Test
    void publishesLiveTextAtOnce_andConfirmedTextAfterTheWindow() {
        send(TOPICS.meetingEvents(), "7", Records.sessionStarted("7", "s"));
        send(TOPICS.speakerEvents(), "7", Records.assigned("7", TRACK, "p1", "Ada"));
        send(TOPICS.hypotheses(), "7", Records.partial("7", TRACK, 0, 500, 1, "one"));
        send(TOPICS.hypotheses(), "7", Records.finished("7", TRACK, 0, 900, 2, "one two"));

        assertThat(live.readValuesToList())
                .extracting(record -> record.getPending().get(0).getText())
                .containsExactly("one", "one two");
        assertThat(segments.isEmpty()).isTrue();

        driver.advanceWallClockTime(Duration.ofSeconds(2).plus(TICK));

        TestRecord<String, TranscriptSegment> confirmed = segments.readRecord();
        assertThat(confirmed.key()).isEqualTo("7");
        TranscriptSegment segment = confirmed.value();
        assertThat(segment.getSeq()).isEqualTo(1);
        assertThat(segment.getKind()).isEqualTo(TranscriptKind.SEGMENT);
        assertThat(segment.getSegmentId()).isEqualTo("s:t0:0");
        assertThat(segment.getRevision()).isEqualTo(2);
        assertThat(segment.getText()).isEqualTo("one two");
        assertThat(segment.getWords()).hasSize(2);
        assertThat(segment.getSpeaker()).isEqualTo("Ada");
        assertThat(segment.getParticipantId()).isEqualTo("p1");
        assertThat(segment.getSessionStartedAt()).isEqualTo(Records.STARTED);
        assertThat(segment.getModelName()).isEqualTo("scripted");
        assertThat(segment.getAudioPartition()).isEqualTo(3);
        assertThat(segment.getEndSample()).isEqualTo(900 * 16);
        TranscriptLive cleared = live.readValue();
        assertThat(cleared.getPending()).isEmpty();
        assertThat(cleared.getConfirmed()).containsExactly("s:t0:0");
    }

    @Test
    void numbersEachMeetingOnItsOwn() {
        for (String meeting : new String[] {"1", "2"}) {
            send(TOPICS.meetingEvents(), meeting, Records.status(meeting, null, "requested"));
            send(TOPICS.meetingEvents(), meeting, Records.sessionEnded(meeting, "s", TRACK));
            send(TOPICS.hypotheses(), meeting, Records.progress(meeting, TRACK, 0, 1000, true));
        }

        assertThat(segments.readValuesToList())
                .extracting(entry -> entry.getMeetingId() + ":" + entry.getSeq() + ":" + entry.getKind())
                .containsExactly("1:1:STATUS", "1:2:COMPLETE", "2:1:STATUS", "2:2:COMPLETE");
    }

    @Test
    void handsTracingHeadersOn() {
        var headers = new RecordHeaders().add("traceparent", bytes("00-1-2-01"));
        input(TOPICS.hypotheses())
                .pipeInput(new TestRecord<>("7", Records.partial("7", TRACK, 0, 500, 1, "one"), headers, NOW));

        assertThat(live.readRecord().headers().lastHeader("traceparent").value())
                .isEqualTo(bytes("00-1-2-01"));
    }

    @Test
    void sendsBytesThatAreNoRecordToTheDeadLetters_andGoesOn() {
        raw(TOPICS.hypotheses()).pipeInput("7", bytes("nonsense"));
        send(TOPICS.hypotheses(), "7", Records.partial("7", TRACK, 0, 500, 1, "one"));

        TestRecord<String, byte[]> letter = deadLetters().readRecord();
        assertThat(letter.value()).isEqualTo(bytes("nonsense"));
        assertThat(letter.headers().lastHeader("source.topic").value())
                .isEqualTo(bytes(TOPICS.hypotheses().name()));
        assertThat(live.readValuesToList()).hasSize(1);
    }

    @Test
    void keepsBytesTooManyForADeadLetter_withoutTheirEnd() {
        var nonsense = new byte[1024 * 1024];
        Arrays.fill(nonsense, (byte) 0xff);
        raw(TOPICS.hypotheses()).pipeInput("7", nonsense);

        TestRecord<String, byte[]> letter = deadLetters().readRecord();
        assertThat(letter.value()).hasSize(512 * 1024);
        assertThat(letter.headers().lastHeader("source.bytes").value()).isEqualTo(bytes("1048576"));
    }

    @Test
    void sendsRecordsThatSayNothingPossibleToTheDeadLetters_andGoesOn() {
        send(TOPICS.hypotheses(), "7", Records.partial("7", TRACK, 500, 500, 1, "one"));
        send(TOPICS.hypotheses(), "7", Records.partial("7", TRACK, 0, 500, 1, "one"));

        TestRecord<String, byte[]> letter = deadLetters().readRecord();
        assertThat(letter.key()).isEqualTo("7");
        assertThat(letter.value()).isNotEmpty();
        assertThat(letter.headers().lastHeader("error.message").value())
                .asString(StandardCharsets.UTF_8)
                .contains("at least one millisecond");
        assertThat(live.readValuesToList()).hasSize(1);
    }

    @Test
    void forgetsMeeting_whenItWasDeleted() {
        send(TOPICS.hypotheses(), "7", Records.finished("7", TRACK, 0, 900, 1, "one"));
        send(TOPICS.hypotheses(), "8", Records.finished("8", TRACK, 0, 900, 1, "two"));

        erase(TOPICS.meetingEvents(), "7");
        send(TOPICS.hypotheses(), "7", Records.finished("7", TRACK, 1000, 1900, 1, "three"));
        driver.advanceWallClockTime(Duration.ofSeconds(2).plus(TICK));

        assertThat(segments.readValuesToList())
                .extracting(TranscriptSegment::getText)
                .containsExactly("two");
        assertThat(live.readValuesToList())
                .filteredOn(record -> record.getMeetingId().equals("7"))
                .last()
                .satisfies(record -> assertThat(record.getPending()).isEmpty());
        assertThat(driver.<String, MeetingState>getKeyValueStore(SegmentTopology.MEETINGS_STORE)
                        .get("7")
                        .sessions())
                .isEmpty();
    }

    @Test
    void sendsTombstonesElsewhereToTheDeadLetters() {
        erase(TOPICS.hypotheses(), "7");

        assertThat(deadLetters().readRecord().key()).isEqualTo("7");
    }

    @Test
    void confirms_whenProducersOfTheSamePartitionHaveSlowClocks() {
        send(TOPICS.hypotheses(), "7", Records.finished("7", TRACK, 0, 900, 1, "one"));
        for (int i = 0; i < 20; i++) {
            driver.advanceWallClockTime(TICK);
            input(TOPICS.hypotheses())
                    .pipeInput(
                            "8", Records.progress("8", TRACK, i * 100L, i * 100L + 100, false), NOW.minusSeconds(60));
        }

        assertThat(segments.readValuesToList())
                .extracting(TranscriptSegment::getText)
                .containsExactly("one");
    }

    @Test
    void keepsWhatTheFilterKeepsOut_whenAsked() {
        driver.close();
        SegmentFold fold = new SegmentFold(SegmentRules.DEFAULTS, FILTER);
        topology =
                SegmentTopology.of(TOPICS, MemorySerde::of, new Folding(() -> fold, TICK, true, AggregatorEvents.NOOP));
        start();
        send(TOPICS.hypotheses(), "7", Records.partial("7", TRACK, 0, 500, 1, "[noise"));
        AsrHypothesis noise = Records.finished("7", TRACK, 0, 900, 2, "[noise]");
        send(TOPICS.hypotheses(), "7", noise);

        var filtered = output(TOPICS.filtered()).readRecord();
        assertThat(filtered.key()).isEqualTo("7");
        assertThat(filtered.value()).isEqualTo(noise);
        assertThat(filtered.headers().lastHeader(Topics.FILTER_RULE_HEADER).value())
                .isEqualTo(bytes("pattern"));
        assertThat(live.readValuesToList()).last().satisfies(shown -> assertThat(shown.getRetracted())
                .containsExactly("s:t0:0"));
    }

    private TestOutputTopic<String, byte[]> deadLetters() {
        return driver.createOutputTopic(
                TOPICS.hypotheses().deadLetterName(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void erase(Topic<?> topic, String key) {
        raw(topic).pipeInput(key, null);
    }

    private TestInputTopic<String, byte[]> raw(Topic<?> topic) {
        return driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        input(topic).pipeInput(key, value);
    }

    private <V extends SpecificRecord> TestInputTopic<String, V> input(Topic<V> topic) {
        return driver.createInputTopic(
                topic.name(),
                new StringSerializer(),
                MemorySerde.of(topic.valueType()).serializer(),
                NOW,
                Duration.ZERO);
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                new StringDeserializer(),
                MemorySerde.of(topic.valueType()).deserializer());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
