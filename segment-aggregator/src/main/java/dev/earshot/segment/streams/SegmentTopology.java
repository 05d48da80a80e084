package dev.earshot.segment.streams;

import dev.earshot.schema.Topic;
import dev.earshot.schema.Topics;
import dev.earshot.segment.domain.SegmentFold;
import dev.earshot.segment.port.AggregatorEvents;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * From hypotheses, speaker events and meeting events to live text and transcript entries.
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

    private SegmentTopology() {}

    /** Finds the serde of a record type. */
    @FunctionalInterface
    public interface RecordSerdes {
        <V extends SpecificRecord> Serde<V> of(Class<V> type);
    }

    /** Builds the topology; the fold is ticked at this interval. */
    public static Topology of(
            Topics topics, RecordSerdes serdes, SegmentFold fold, Duration tickInterval, AggregatorEvents events) {
        var topology = new Topology();
        source(topology, HYPOTHESES_SOURCE, topics.hypotheses(), serdes);
        source(topology, SPEAKERS_SOURCE, topics.speakerEvents(), serdes);
        source(topology, MEETINGS_SOURCE, topics.meetingEvents(), serdes);
        topology.addProcessor(
                FOLD,
                () -> new FoldProcessor(fold, tickInterval, events),
                HYPOTHESES_SOURCE,
                SPEAKERS_SOURCE,
                MEETINGS_SOURCE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(MEETINGS_STORE), Serdes.String(), new MeetingStateSerde()),
                FOLD);
        sink(topology, LIVE_SINK, topics.live(), serdes);
        sink(topology, SEGMENTS_SINK, topics.segments(), serdes);
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
