package dev.earshot.bench.fanout;

import dev.earshot.eventlog.EventLog;
import dev.earshot.eventlog.EventPublisher;
import dev.earshot.schema.avro.LiveSegment;
import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Two people who speak in turn, as the aggregator would tell it: a sentence grows word by word and is then confirmed. Each
 * record says when it was made, as the {@code ready_at} of its text. Not thread-safe.
 */
final class MeetingTalk {

    private static final String SESSION = "00000000-0000-4000-8000-000000000001";
    private static final List<String> SPEAKERS = List.of("Ada Lovelace", "Bo Diddley");
    private static final List<String> WORDS = List.of(
            "the",
            "engine",
            "weaves",
            "algebraic",
            "patterns",
            "just",
            "as",
            "the",
            "loom",
            "weaves",
            "flowers",
            "and");
    private static final long WORD_MS = 400;

    private final String meetingId;
    private final EventPublisher<TranscriptLive> live;
    private final EventPublisher<TranscriptSegment> segments;
    private long seq;
    private int words;
    private long revision;

    MeetingTalk(EventLog log, long meetingId) {
        this.meetingId = Long.toString(meetingId);
        this.live = log.publisher(log.topics().live());
        this.segments = log.publisher(log.topics().segments());
    }

    /** One more word, or the end of the sentence. */
    void step() {
        if (words < WORDS.size()) {
            words++;
            live.publish(meetingId, draft()).block();
        } else {
            seq++;
            segments.publish(meetingId, entry()).block();
            words = 0;
        }
    }

    /** Cursor of the newest entry. */
    long seq() {
        return seq;
    }

    private long startMs() {
        return seq * (WORDS.size() + 1) * WORD_MS;
    }

    private int voice() {
        return (int) (seq % SPEAKERS.size());
    }

    private TranscriptLive draft() {
        String track = SESSION + ":t" + voice();
        LiveSegment text = LiveSegment.newBuilder()
                .setSegmentId(track + ":" + startMs())
                .setRevision(words)
                .setCompleted(false)
                .setStartMs(startMs())
                .setEndMs(startMs() + words * WORD_MS)
                .setText(String.join(" ", WORDS.subList(0, words)))
                .setLanguage("en")
                .setReadyAt(now())
                .build();
        return TranscriptLive.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(SESSION)
                .setTrackId(track)
                .setRevision(++revision)
                .setSpeaker(SPEAKERS.get(voice()))
                .setPending(List.of(text))
                .build();
    }

    private TranscriptSegment entry() {
        int voice = (int) ((seq - 1) % SPEAKERS.size());
        long start = (seq - 1) * (WORDS.size() + 1) * WORD_MS;
        String track = SESSION + ":t" + voice;
        return TranscriptSegment.newBuilder()
                .setMeetingId(meetingId)
                .setSeq(seq)
                .setKind(TranscriptKind.SEGMENT)
                .setSessionUid(SESSION)
                .setSegmentId(track + ":" + start)
                .setTrackId(track)
                .setSpeaker(SPEAKERS.get(voice))
                .setStartMs(start)
                .setEndMs(start + WORDS.size() * WORD_MS)
                .setText(String.join(" ", WORDS) + ".")
                .setLanguage("en")
                .setReadyAt(now())
                .setConfirmedAt(now())
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
