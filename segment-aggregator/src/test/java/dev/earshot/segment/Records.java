package dev.earshot.segment;

import dev.earshot.schema.avro.AsrHypothesis;
import dev.earshot.schema.avro.AudioGap;
import dev.earshot.schema.avro.HypothesisKind;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import dev.earshot.schema.avro.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes input records as workers and bots write them. Times are milliseconds of audio. */
public final class Records {

    public static final String SESSION = "s";
    public static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");

    static {
        dev.earshot.schema.Records.trust();
    }

    private Records() {}

    public static AsrHypothesis partial(
            String meeting, String track, long startMs, long endMs, int revision, String text) {
        return hypothesis(meeting, track, HypothesisKind.PARTIAL, startMs, endMs, revision, text);
    }

    public static AsrHypothesis finished(
            String meeting, String track, long startMs, long endMs, int revision, String text) {
        return hypothesis(meeting, track, HypothesisKind.FINAL, startMs, endMs, revision, text);
    }

    public static AsrHypothesis progress(
            String meeting, String track, long startMs, long endMs, boolean endOfTrack, AudioGap... gaps) {
        return AsrHypothesis.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid(sessionOf(track))
                .setTrackId(track)
                .setKind(HypothesisKind.PROGRESS)
                .setRevision(0)
                .setStartSample(startMs * 16)
                .setEndSample(endMs * 16)
                .setGaps(List.of(gaps))
                .setEndOfTrack(endOfTrack)
                .build();
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // What the callers' own names say of a record.
    private static AsrHypothesis hypothesis(
            String meeting, String track, HypothesisKind kind, long startMs, long endMs, int revision, String text) {
        var words = new ArrayList<Word>();
        String[] spoken = text.isBlank() ? new String[0] : text.split(" ");
        for (int i = 0; i < spoken.length; i++) {
            long each = (endMs - startMs) / spoken.length;
            words.add(new Word(spoken[i], startMs + i * each, startMs + (i + 1) * each, 0.5f));
        }
        return AsrHypothesis.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid(sessionOf(track))
                .setTrackId(track)
                .setKind(kind)
                .setUtteranceId(track + ":" + startMs)
                .setRevision(revision)
                .setStartSample(startMs * 16)
                .setEndSample(endMs * 16)
                .setText(text)
                .setWords(words)
                .setStablePrefixWords(kind == HypothesisKind.FINAL ? words.size() : 0)
                .setLanguage("en")
                .setModelName("scripted")
                .setModelHash("00")
                .setAudioPartition(3)
                .setAudioFirstOffset(10L)
                .setAudioLastOffset(20L)
                .setEndCapturedAt(STARTED.plusMillis(endMs))
                .build();
    }

    public static MeetingEvent status(String meeting, @Nullable String session, String status) {
        return MeetingEvent.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid(session)
                .setType(MeetingEventType.STATUS_CHANGED)
                .setOccurredAt(STARTED)
                .setStatus(status)
                .build();
    }

    public static MeetingEvent sessionStarted(String meeting, String session) {
        return MeetingEvent.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid(session)
                .setType(MeetingEventType.SESSION_STARTED)
                .setOccurredAt(STARTED)
                .build();
    }

    public static MeetingEvent sessionEnded(String meeting, String session, String... tracks) {
        return MeetingEvent.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid(session)
                .setType(MeetingEventType.SESSION_ENDED)
                .setOccurredAt(STARTED)
                .setTrackIds(List.of(tracks))
                .build();
    }

    public static SpeakerEvent assigned(String meeting, String track, String participant, String name) {
        return SpeakerEvent.newBuilder()
                .setMeetingId(meeting)
                .setSessionUid(sessionOf(track))
                .setType(SpeakerEventType.TRACK_ASSIGNED)
                .setParticipantId(participant)
                .setName(name)
                .setTrackId(track)
                .setAtSample(0)
                .setOccurredAt(STARTED)
                .build();
    }

    private static String sessionOf(String track) {
        return track.substring(0, track.indexOf(':'));
    }
}
