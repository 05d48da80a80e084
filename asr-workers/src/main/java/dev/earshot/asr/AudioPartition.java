package dev.earshot.asr;

import dev.earshot.asr.domain.OffsetLedger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One partition of the audio topic while this worker holds it. Only the track loop touches it. */
final class AudioPartition {

    /** Ended tracks are remembered so that a chunk sent twice does not open one again. */
    private static final int ENDED_REMEMBERED = 10_000;

    final int number;
    final Turn turn;
    final Attention attention = new Attention();
    final OffsetLedger<Runnable> ledger = new OffsetLedger<>();
    final Map<String, ListenedTrack> tracks = new LinkedHashMap<>();
    private final Set<String> ended = new LinkedHashSet<>();

    AudioPartition(Turn turn, Instant now) {
        this.number = turn.partition();
        this.turn = turn;
        attention.begin(now);
    }

    boolean hasEnded(String trackId) {
        return ended.contains(trackId);
    }

    /** A track has ended and all of it is reported. */
    void end(ListenedTrack track) {
        tracks.remove(track.id());
        ledger.release(track.id());
        ended.add(track.id());
        if (ended.size() > ENDED_REMEMBERED) {
            ended.remove(ended.iterator().next());
        }
    }

    /** Commits what no track needs any more. */
    void commit() {
        Runnable acknowledgement = ledger.committable();
        if (acknowledgement != null) {
            acknowledgement.run();
        }
    }

    void leave() {
        tracks.values().forEach(track -> track.gone = true);
        tracks.clear();
    }
}
