package dev.earshot.bench.sink;

import dev.earshot.schema.Records;
import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Hypotheses as a worker writes them: ten words in four seconds, then a second of silence. Pure. */
final class Talk {

    private static final List<String> WORDS =
            List.of("the", "budget", "for", "the", "second", "quarter", "has", "been", "approved", "today");
    private static final long SAMPLES_PER_MS = 16;
    private static final long TURN_MS = 5_000;
    private static final long SPOKEN_MS = 4_000;
    private static final int PARTIALS = 4;

    static {
        // A default of the record is read the moment it is built.
        Records.trust();
    }

    private Talk() {}

    /** The n-th final of a meeting's one track, from 0. */
    static AsrHypothesis finished(long meetingId, int n, Instant readyAt) {
        return hypothesis(meetingId, n, PARTIALS, readyAt);
    }

    /** What a live track says next: four partials, then the final, and so on. */
    static AsrHypothesis next(long meetingId, int step, Instant readyAt) {
        return hypothesis(meetingId, step / (PARTIALS + 1), step % (PARTIALS + 1), readyAt);
    }

    private static AsrHypothesis hypothesis(long meetingId, int turn, int part, Instant readyAt) {
        boolean isFinal = part == PARTIALS;
        String session = "bench-" + meetingId;
        long startMs = turn * TURN_MS;
        long endMs = startMs + SPOKEN_MS * (part + 1) / (PARTIALS + 1);
        List<String> spoken = WORDS.subList(0, WORDS.size() * (part + 1) / (PARTIALS + 1));
        var words = new ArrayList<Word>();
        for (int i = 0; i < spoken.size(); i++) {
            long each = (endMs - startMs) / spoken.size();
            words.add(new Word(spoken.get(i), startMs + i * each, startMs + (i + 1) * each, 0.9f));
        }
        return AsrHypothesis.newBuilder()
                .setMeetingId(Long.toString(meetingId))
                .setSessionUid(session)
                .setTrackId(session + ":t0")
                .setKind(isFinal ? HypothesisKind.FINAL : HypothesisKind.PARTIAL)
                .setUtteranceId(session + ":t0:" + startMs)
                .setRevision(part + 1)
                .setStartSample(startMs * SAMPLES_PER_MS)
                .setEndSample(endMs * SAMPLES_PER_MS)
                .setText(String.join(" ", spoken))
                .setWords(words)
                .setStablePrefixWords(isFinal ? words.size() : 0)
                .setLanguage("en")
                .setModelName("bench")
                .setModelHash("00")
                .setAudioPartition(0)
                .setAudioFirstOffset(0L)
                .setAudioLastOffset(0L)
                .setReadyAt(readyAt)
                .build();
    }
}
