package dev.earshot.asr;

import dev.earshot.asr.domain.LocalAgreement;
import dev.earshot.asr.domain.SpeechGate;
import dev.earshot.asr.domain.Track;
import dev.earshot.asr.domain.TrackRules;
import dev.earshot.asr.wire.Evidence;
import dev.earshot.asr.wire.TrackIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A track and what the worker remembers of it beside its audio. Only the track loop touches it. */
final class ListenedTrack {

    final TrackIdentity identity;
    final AudioPartition partition;
    final SpeechGate gate;
    final Track track;
    /** By start of utterance: those whose final is not yet decoded. */
    final Map<Long, LocalAgreement> agreements = new HashMap<>();

    Instant lastProducedAt = Instant.EPOCH;
    /** Long after it was produced when the worker lags. */
    Instant lastHandledAt = Instant.EPOCH;

    /** How old its newest audio was then, by the wall clock of its capture. */
    Duration lagWhenHandled = Duration.ZERO;

    boolean idle;
    /** Another worker's now: whatever still comes back for it is void. */
    boolean gone;

    ListenedTrack(TrackIdentity identity, AudioPartition partition, TrackRules rules, SpeechGate gate) {
        this.identity = identity;
        this.partition = partition;
        this.gate = gate;
        this.track = new Track(rules, gate);
    }

    String id() {
        return identity.trackId();
    }

    /**
     * How long nothing has come, in the log and here: a worker that lags must first have had time to read.
     *
     * @param listening since when the worker has heard all there is, see {@link Attention}
     */
    Duration silentFor(Instant now, Instant listening) {
        Duration inLog = Duration.between(lastProducedAt, now);
        Duration here = Duration.between(lastHandledAt.isAfter(listening) ? lastHandledAt : listening, now);
        return inLog.compareTo(here) < 0 ? inLog : here;
    }

    /**
     * How far the worker lags behind the track.
     *
     * @param unread whether the worker reads nothing now, so that what was captured since waits
     */
    Duration lag(Instant now, boolean unread) {
        if (idle) {
            return Duration.ZERO;
        }
        return unread ? lagWhenHandled.plus(Duration.between(lastHandledAt, now)) : lagWhenHandled;
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
                track.capturedAt(decidedAt),
                track.optionsAt(start).language());
    }
}
