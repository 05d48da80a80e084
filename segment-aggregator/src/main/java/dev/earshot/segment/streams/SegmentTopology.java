package dev.earshot.segment.streams;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.port.AggregatorEvents;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * From hypotheses, speaker events and meeting events to live text and transcript entries. A tombstone among the meeting events
 * erases what is stored of the meeting.
 *
 * <p>Everything has a name: names made up by Kafka Streams would shift when the topology is edited, and the store's history
 * would be lost.
 */
public final class SegmentTopology {

    static final String HYPOTHESES_SOURCE = "hypotheses";
    static final String SPEAKERS_SOURCE = "speaker-events";
    static final String MEETINGS_SOURCE = "meeting-events";
    static final String FOLD = "fold";
    static final String MEETINGS_STORE = "meetings";
    static final String LIVE_SINK = "live";
    static final String SEGMENTS_SINK = "segments";
    static final String FILTERED_SINK = "filtered";

    private SegmentTopology() {}

    /** Finds the serde of a record type. */
    @FunctionalInterface
    public interface RecordSerdes {
        <V extends SpecificRecord> Serde<V> of(Class<V> type);
    }

    /**
     * How the topology folds.
     *
     * @param folds asked at each step: the filter of a fold may change
     * @param tickInterval how often the fold is told that time passed
     * @param keepsFiltered whether text that the filter keeps out goes to {@link Topics#filtered}
     */
    public record Folding(
            Supplier<SegmentFold> folds, Duration tickInterval, boolean keepsFiltered, AggregatorEvents events) {

        /** Always the same fold; what it filters is kept nowhere. */
        public static Folding by(SegmentFold fold, Duration tickInterval) {
            return new Folding(() -> fold, tickInterval, false, AggregatorEvents.NOOP);
        }
    }

    /** Builds the topology. */
    public static Topology of(Topics topics, RecordSerdes serdes, Folding folding) {
        var topology = new Topology();
        source(topology, HYPOTHESES_SOURCE, topics.hypotheses(), serdes);
        source(topology, SPEAKERS_SOURCE, topics.speakerEvents(), serdes);
        source(topology, MEETINGS_SOURCE, topics.meetingEvents(), serdes);
        topology.addProcessor(
                FOLD,
                () -> new FoldProcessor(folding, topics.meetingEvents().name()),
                HYPOTHESES_SOURCE,
                SPEAKERS_SOURCE,
                MEETINGS_SOURCE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(MEETINGS_STORE), Serdes.String(), new MeetingStateSerde()),
                FOLD);
        sink(topology, LIVE_SINK, topics.live(), serdes);
        sink(topology, SEGMENTS_SINK, topics.segments(), serdes);
        if (folding.keepsFiltered()) {
            sink(topology, FILTERED_SINK, topics.filtered(), serdes);
        }
        return topology;
    }

    private static <V extends SpecificRecord> void source(
            Topology topology, String name, Topic<V> topic, RecordSerdes serdes) {
        topology.addSource(
                name, new StringDeserializer(), serdes.of(topic.valueType()).deserializer(), topic.name());
    }

    private static <V extends SpecificRecord> void sink(
            Topology topology, String name, Topic<V> topic, RecordSerdes serdes) {
        topology.addSink(
                name,
                topic.name(),
                new StringSerializer(),
                serdes.of(topic.valueType()).serializer(),
                FOLD);
    }
}
