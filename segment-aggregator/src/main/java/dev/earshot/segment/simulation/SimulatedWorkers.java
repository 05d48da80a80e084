package dev.earshot.segment.simulation;

import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.Word;
import dev.earshot.segment.simulation.TrackScript.Lost;
import dev.earshot.segment.simulation.TrackScript.Speech;
import dev.earshot.segment.simulation.TrackScript.SpokenWord;
import dev.earshot.segment.simulation.TrackScript.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * All workers that hear one track, one after the other.
 *
 * <p>A worker says partials, a final and its account of each utterance, and dies now and then. The next one begins where the
 * last account it knows of ends, so it says again what was said after that, now and then cut some milliseconds later, while
 * records of the dead one may still be on their way. At last one may die and have no successor. Records of one worker keep
 * their order; a few partials and accounts are lost, and any record may come again much later.
 */
final class SimulatedWorkers {

    private static final int SAMPLES_PER_MS = 16;
    private static final long PARTIAL_EVERY_MS = 700;
    private static final long ENDPOINT_MS = 600;

    private final String meetingId;
    private final TrackScript track;
    private final long sessionStartMs;
    private final Dice dice;
    private final List<Delivery> deliveries = new ArrayList<>();

    /** Up to here the workers know that all is accounted for. */
    private long committedMs;

    private long nowMs;
    private long diedMs;
    private boolean dead;
    private int saysAfterDeath;

    SimulatedWorkers(String meetingId, TrackScript track, long sessionStartMs, Dice dice) {
        this.meetingId = meetingId;
        this.track = track;
        this.sessionStartMs = sessionStartMs;
        this.dice = dice;
    }

    /** Everything that reaches the fold, in no particular order. */
    List<Delivery> hear() {
        committedMs = track.firstMs();
        if (track.isMixed()) {
            // Where nobody knows that there is another mixed track, nobody knows that a turn may be heard on it.
            nowMs = sessionStartMs + track.firstMs();
            tell(progress(track.firstMs(), new Lost(track.firstMs(), track.firstMs()), false));
        }
        int successors = dice.percent(7) ? dice.between(0, 2) : 20;
        if (successors == 0) {
            return List.of();
        }
        boolean atEnd = hearFrom(committedMs, false);
        while (!atEnd && --successors > 0) {
            nowMs = diedMs + (dice.percent(15) ? dice.between(30_000L, 90_000L) : dice.between(500L, 15_000L));
            atEnd = hearFrom(committedMs, true);
        }
        return deliveries;
    }

    /** One worker's life; whether it heard the track to its end. */
    private boolean hearFrom(long fromMs, boolean isSuccessor) {
        dead = false;
        saysAfterDeath = dice.percent(50) ? 0 : dice.between(1, 5);
        long accountedMs = fromMs;
        for (Stretch stretch : track.stretches()) {
            if (stretch.endMs() > fromMs) {
                boolean isWhole = stretch instanceof Speech speech ? say(speech, isSuccessor) : lives(stretch.endMs());
                isWhole = isWhole && account(accountedMs, stretch, false);
                if (!isWhole) {
                    return false;
                }
                accountedMs = stretch.endMs();
            }
        }
        return lives(track.endMs()) && account(accountedMs, new Lost(track.endMs(), track.endMs()), true);
    }

    private boolean say(Speech speech, boolean isSuccessor) {
        long cutMs = isSuccessor && dice.percent(30) ? dice.between(0L, 64L) : 0;
        long startMs = speech.startMs() + cutMs;
        int revision = 0;
        for (long heardMs = speech.startMs() + PARTIAL_EVERY_MS;
                heardMs < speech.endMs();
                heardMs += PARTIAL_EVERY_MS) {
            revision++;
            if (!lives(heardMs)) {
                return false;
            }
            if (!dice.percent(5)) {
                tell(said(HypothesisKind.PARTIAL, speech, startMs, heardMs, revision));
            }
        }
        if (!lives(speech.endMs() + ENDPOINT_MS)) {
            return false;
        }
        tell(said(HypothesisKind.FINAL, speech, startMs, speech.endMs(), revision + 1));
        return true;
    }

    private boolean account(long fromMs, Stretch through, boolean isEnd) {
        if (!lives(nowMs - sessionStartMs)) {
            return false;
        }
        boolean isFirst = fromMs == track.firstMs();
        if (isFirst || !dice.percent(3)) {
            tell(progress(fromMs, through, isEnd));
        }
        if (!dead && dice.percent(80)) {
            committedMs = through.endMs();
        }
        return true;
    }

    /** The worker gets as far as this audio, at the earliest when it was spoken; false when it is dead and silent. */
    private boolean lives(long audioMs) {
        nowMs = Math.max(nowMs, sessionStartMs + audioMs) + dice.between(5L, 200L);
        if (!dead && dice.percent(2)) {
            dead = true;
            diedMs = nowMs;
        }
        return !dead || saysAfterDeath-- > 0;
    }

    private void tell(AsrHypothesis record) {
        // A dead worker's last records may be on their way for a while; nothing that it says later is faster.
        nowMs += dead ? dice.between(0L, 2000L) : 0;
        deliveries.add(new Delivery(nowMs, record));
        if (dice.percent(8)) {
            deliveries.add(new Delivery(nowMs + dice.between(1L, 60_000L), record));
        }
    }

    private AsrHypothesis said(HypothesisKind kind, Speech speech, long startMs, long endMs, int revision) {
        var words = new ArrayList<Word>();
        for (SpokenWord word : speech.words()) {
            if (word.middleMs() < endMs) {
                words.add(new Word(word.text(), Math.max(startMs, word.startMs()), word.endMs(), null));
            }
        }
        return record(kind, startMs, endMs)
                .setUtteranceId(track.trackId() + ":" + startMs)
                .setRevision(revision)
                .setText(String.join(" ", words.stream().map(Word::getText).toList()))
                .setWords(words)
                .setStablePrefixWords(kind == HypothesisKind.FINAL ? words.size() : 0)
                .build();
    }

    private AsrHypothesis progress(long fromMs, Stretch through, boolean isEnd) {
        boolean isLost = through instanceof Lost && through.endMs() > through.startMs();
        List<AudioGap> gaps = isLost
                ? List.of(new AudioGap(
                        through.startMs() * SAMPLES_PER_MS, through.endMs() * SAMPLES_PER_MS, "chunk_missing"))
                : List.of();
        return record(HypothesisKind.PROGRESS, fromMs, through.endMs())
                .setRevision(0)
                .setGaps(gaps)
                .setEndOfTrack(isEnd)
                .build();
    }

    private AsrHypothesis.Builder record(HypothesisKind kind, long startMs, long endMs) {
        return AsrHypothesis.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(track.sessionUid())
                .setTrackId(track.trackId())
                .setKind(kind)
                .setStartSample(startMs * SAMPLES_PER_MS)
                .setEndSample(endMs * SAMPLES_PER_MS);
    }
}
