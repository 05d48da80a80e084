package dev.earshot.samples.talktime;

import dev.earshot.schema.Topic;
import dev.earshot.schema.avro.TranscriptSegment;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.ForeachAction;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;

/** From transcript entries, keyed by meeting, to what each speaker has said so far. */
final class TalkTimeTopology {

    static final String STORE = "talk-time";

    private TalkTimeTopology() {}

    /**
     * Builds the topology.
     *
     * @param told hears of a meeting whenever its figures change; after a restart it may hear of the same figures again
     */
    static Topology of(
            Topic<TranscriptSegment> segments,
            Serde<TranscriptSegment> entries,
            ForeachAction<String, MeetingTalk> told) {
        var builder = new StreamsBuilder();
        builder.stream(segments.name(), Consumed.with(Serdes.String(), entries).withName("transcript"))
                // The key is the meeting already, so nothing moves between partitions.
                .groupByKey(Grouped.with("by-meeting", Serdes.String(), entries))
                .aggregate(
                        () -> MeetingTalk.NONE,
                        (meeting, entry, talk) -> talk.and(entry),
                        Named.as("talk"),
                        Materialized.<String, MeetingTalk, KeyValueStore<Bytes, byte[]>>as(STORE)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(new MeetingTalkSerde()))
                .toStream(Named.as("changes"))
                .foreach(told, Named.as("tell"));
        return builder.build();
    }
}
