package dev.earshot.segment.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.segment.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentTracksTest {

    private final CurrentTracks tracks = new CurrentTracks();
    private final List<Integer> acknowledged = new ArrayList<>();
    private boolean held = true;

    @Test
    void acknowledgesNothing_whilePendingTextIsTheOldest() {
        put(0, "s:t0", true);
        put(1, "s:t1", true);
        put(2, "s:t1", true);

        assertThat(acknowledged).isEmpty();
        assertThat(tracks.all()).extracting(TranscriptLive::getRevision).containsExactly(0L, 2L);
    }

    @Test
    void acknowledgesUpToTheOneReplaced_whenTheOldestIsReplaced() {
        put(0, "s:t0", true);
        put(1, "s:t1", true);
        put(2, "s:t0", true);
        assertThat(acknowledged).containsExactly(0);

        put(3, "s:t1", false);

        assertThat(acknowledged).containsExactly(0, 1);
        assertThat(tracks.all()).extracting(TranscriptLive::getRevision).containsExactly(2L);
    }

    @Test
    void acknowledgesEverything_whenNothingIsPending() {
        put(0, "s:t0", true);
        put(1, "s:t0", false);
        put(2, "s:t1", false);

        assertThat(acknowledged).containsExactly(1, 2);
        assertThat(tracks.all()).isEmpty();
    }

    @Test
    void forgetsPartitionsThatWentElsewhere() {
        put(0, "s:t0", true);

        tracks.forget(List.of(0));

        assertThat(tracks.all()).isEmpty();
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void takesNothing_whenThePartitionWentElsewhereMeanwhile() {
        held = false;

        put(0, "s:t0", true);

        assertThat(tracks.all()).isEmpty();
    }

    private void put(int offset, String track, boolean pending) {
        var live = TranscriptLive.newBuilder()
                .setMeetingId("7")
                .setSessionUid(Records.SESSION)
                .setTrackId(track)
                .setRevision(offset)
                .setPending(pending ? List.of(new LiveSegment()) : List.of())
                .build();
        tracks.put(0, live, () -> held, () -> acknowledged.add(offset));
    }
}
