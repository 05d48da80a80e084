package dev.earshot.standalone.audit;

import dev.earshot.segment.domain.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to know of one meeting.
 *
 * @param captured audio on the audio topic, by track id
 * @param accounted audio of which a worker said that it is text, silence or lost, by track id
 * @param spoken audio of finals that have text, by track id
 * @param topic entries in the order of the topic
 * @param rows entries in Postgres in the order of the cursor
 * @param rest confirmed segments and gaps of the API, in the order of the cursor
 */
record Evidence(
        long meetingId,
        Map<String, Spans> captured,
        Map<String, Spans> accounted,
        Map<String, Spans> spoken,
        List<Entry> topic,
        List<Entry> rows,
        List<Entry.Shown> rest) {

    /** Nothing but what the API says: the rest is to be collected. */
    static Evidence of(long meetingId, List<Entry.Shown> rest) {
        return new Evidence(
                meetingId,
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                rest);
    }
}
