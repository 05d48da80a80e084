package dev.earshot.segment.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.streams.MemorySerde;
import dev.earshot.segment.streams.SegmentTopology;
import dev.earshot.segment.streams.SegmentTopology.Folding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated meetings through the topology with its store and serdes; few, for each commit waits for the disk. */
class TopologySimulationTest {

    private static final int MEETINGS = 2;
    private static final long FIRST_SEED = Long.getLong("simulation.seed", new Random().nextInt(1_000_000_000));

    @TempDir
    private Path stateDir;

    @Test
    void keepsItsPromises_whateverHappens() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MEETINGS; seed++) {
            try (var driven = new DrivenTopology(stateDir.resolve(Long.toString(seed)))) {
                assertThat(MeetingSimulation.run(seed, driven).violations())
                        .as("meeting of -Dsimulation.seed=" + seed)
                        .isEmpty();
            }
        }
    }

    /** A driver commits each record, so nothing is lost in a crash but time. */
    private static final class DrivenTopology implements SimulatedAggregator, AutoCloseable {

        private static final Topics TOPICS = Topics.defaults();
        private static final Duration TICK = Duration.ofMillis(200);

        /** A driver ticks once a step; after a longer one the process believes that it stood still, and waits anew. */
        private static final Duration LONGEST_STEP = Duration.ofSeconds(4);

        private final TopologyTestDriver driver;
        private final List<TranscriptSegment> entries = new ArrayList<>();
        private final List<TranscriptLive> live = new ArrayList<>();
        private Instant now = MeetingSimulation.START;

        DrivenTopology(Path stateDir) {
            var settings = new Properties();
            settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "simulation");
            settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
            settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
            var folding = Folding.by(new SegmentFold(MeetingSimulation.RULES), TICK);
            driver = new TopologyTestDriver(SegmentTopology.of(TOPICS, MemorySerde::of, folding), settings, now);
        }

        @Override
        public void take(SpecificRecord record) {
            if (record instanceof AsrHypothesis) {
                pipe(TOPICS.hypotheses(), record);
            } else if (record instanceof SpeakerEvent) {
                pipe(TOPICS.speakerEvents(), record);
            } else {
                pipe(TOPICS.meetingEvents(), record);
            }
            read();
        }

        @SuppressWarnings("unchecked") // The topic was chosen by the record's type.
        private <V extends SpecificRecord> void pipe(Topic<V> topic, SpecificRecord record) {
            driver.createInputTopic(
                            topic.name(),
                            new StringSerializer(),
                            MemorySerde.of(topic.valueType()).serializer())
                    .pipeInput("7", (V) record, now.toEpochMilli());
        }

        @Override
        public void passTo(Instant at) {
            while (now.isBefore(at)) {
                Duration rest = Duration.between(now, at);
                Duration step = rest.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : rest;
                driver.advanceWallClockTime(step);
                now = now.plus(step);
                read();
            }
        }

        @Override
        public void crash(Instant back) {
            driver.advanceWallClockTime(Duration.between(now, back));
            now = back;
            read();
        }

        private void read() {
            entries.addAll(records(TOPICS.segments()));
            live.addAll(records(TOPICS.live()));
        }

        private <V extends SpecificRecord> List<V> records(Topic<V> topic) {
            return driver.createOutputTopic(
                            topic.name(),
                            new StringDeserializer(),
                            MemorySerde.of(topic.valueType()).deserializer())
                    .readValuesToList();
        }

        @Override
        public List<TranscriptSegment> entries() {
            return entries;
        }

        @Override
        public List<TranscriptLive> live() {
            return live;
        }

        @Override
        public void close() {
            driver.close();
        }
    }
}
