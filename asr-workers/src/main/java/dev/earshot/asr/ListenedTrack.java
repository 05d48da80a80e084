package dev.earshot.asr;

import dev.earshot.asr.domain.LocalAgreement;
import dev.earshot.asr.domain.Track;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.wire.Evidence;
import dev.earshot.asr.wire.TrackIdentity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A track and what the worker remembers of it beside its audio. Only the track loop touches it. */
final class ListenedTrack {

    final TrackIdentity identity;
    final AudioPartition partition;
    final Track track;
    /** By start of utterance: those whose final is not yet decoded. */
    final Map<Long, LocalAgreement> agreements = new HashMap<>();

    Instant lastProducedAt = Instant.EPOCH;
    boolean idle;
    /** Another worker's now: whatever still comes back for it is void. */
    boolean gone;

    ListenedTrack(TrackIdentity identity, AudioPartition partition, TrackRules rules) {
        this.identity = identity;
        this.partition = partition;
        this.track = new Track(rules);
    }

    String id() {
        return identity.trackId();
    }

    /** Where a range of the track's audio lies. */
    Evidence evidence(long start, long end, long decidedAt) {
        return new Evidence(
                start,
                end,
                track.offsetAt(start),
                track.offsetAt(Math.max(start, end - 1)),
                track.capturedAt(start),
                track.capturedAt(end),
                track.capturedAt(decidedAt));
    }
}
