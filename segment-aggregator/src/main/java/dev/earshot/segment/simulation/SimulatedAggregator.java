package dev.earshot.segment.simulation;

import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Something that turns one meeting's input records into its transcript under a simulated clock. */
public interface SimulatedAggregator {

    /** Takes a record now. */
    void take(SpecificRecord record);

    /** Lets time pass. */
    void passTo(Instant at);

    /** Dies now and is back at that time; what it had not committed, it does again. */
    void crash(Instant back);

    /** What readers of committed records saw, in order. */
    List<TranscriptSegment> entries();

    /** What readers of uncommitted records saw, in order. */
    List<TranscriptLive> live();
}
