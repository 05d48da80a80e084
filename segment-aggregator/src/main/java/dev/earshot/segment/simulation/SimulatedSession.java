package dev.earshot.segment.simulation;

import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.MeetingEventType;
import dev.earshot.schema.avro.SpeakerEvent;
import dev.earshot.schema.avro.SpeakerEventType;
import dev.earshot.segment.simulation.TrackScript.Cough;
import dev.earshot.segment.simulation.TrackScript.Speech;
import dev.earshot.segment.simulation.TrackScript.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * One session of a meeting: its tracks, and all that is told about it.
 *
 * @param startMs when its audio begins, milliseconds since the meeting began
 * @param endToldBy how the fold learns that it is over
 */
record SimulatedSession(
        String meetingId,
        String sessionUid,
        long startMs,
        long endMs,
        List<TrackScript> tracks,
        End endToldBy,
        List<Delivery> deliveries) {

    private static final int SAMPLES_PER_MS = 16;

    /** Speaker events arrive well within the immutability window. */
    private static final long MOST_EVENT_DELAY_MS = 1200;

    /** How the end of a session is told. */
    enum End {
        /** SESSION_ENDED with its tracks. */
        WITH_TRACKS,
        /** SESSION_ENDED by somebody who knows no tracks. */
        WITHOUT_TRACKS,
        /** Only the status says so. */
        BY_STATUS,
        NEVER
    }

    static SimulatedSession play(String meetingId, String uid, long startMs, Dice dice) {
        var tracks = new ArrayList<TrackScript>();
        for (int t = dice.between(1, 4); t > 0; t--) {
            boolean isMixed = tracks.size() < 2 && dice.percent(50);
            tracks.add(TrackScript.write(uid, uid + ":t" + tracks.size(), isMixed, dice));
        }
        long endMs =
                startMs + tracks.stream().mapToLong(TrackScript::endMs).max().orElse(0) + dice.between(0L, 500L);
        var session =
                new SimulatedSession(meetingId, uid, startMs, endMs, List.copyOf(tracks), end(dice), new ArrayList<>());
        session.tellMeeting(dice);
        for (TrackScript track : tracks) {
            session.tellSpeakers(track, dice);
            session.deliveries.addAll(new SimulatedWorkers(meetingId, track, startMs, dice).hear());
        }
        return session;
    }

    private static End end(Dice dice) {
        int chance = dice.between(0, 100);
        if (chance < 85) {
            return End.WITH_TRACKS;
        }
        return chance < 90 ? End.WITHOUT_TRACKS : chance < 95 ? End.BY_STATUS : End.NEVER;
    }

    private void tellMeeting(Dice dice) {
        status("joining", startMs, dice);
        status("active", startMs + 1, dice);
        tell(
                startMs,
                dice.between(0L, 2000L),
                event(MeetingEventType.SESSION_STARTED, startMs).build(),
                dice);
        if (endToldBy == End.WITH_TRACKS || endToldBy == End.WITHOUT_TRACKS) {
            List<String> ids = endToldBy == End.WITH_TRACKS
                    ? tracks.stream().map(TrackScript::trackId).toList()
                    : List.of();
            tell(
                    endMs,
                    // Whoever ends a session has told what was said in it.
                    MOST_EVENT_DELAY_MS + dice.between(0L, 2000L),
                    event(MeetingEventType.SESSION_ENDED, endMs)
                            .setTrackIds(ids)
                            .build(),
                    dice);
        }
        if (endToldBy != End.NEVER) {
            status(dice.percent(80) ? "completed" : "failed", endMs + MOST_EVENT_DELAY_MS, dice);
        }
    }

    private void status(String status, long atMs, Dice dice) {
        tell(
                atMs,
                dice.between(0L, 100L),
                event(MeetingEventType.STATUS_CHANGED, atMs).setStatus(status).build(),
                dice);
    }

    private MeetingEvent.Builder event(MeetingEventType type, long atMs) {
        return MeetingEvent.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(sessionUid)
                .setType(type)
                .setOccurredAt(wallClock(atMs));
    }

    /** A mixed track's turns are seen by a page that is a little late; somebody else coughs in between. */
    private void tellSpeakers(TrackScript track, Dice dice) {
        // A page tells one thing after the other, so its events are equally late.
        long delayMs = dice.between(0L, MOST_EVENT_DELAY_MS);
        if (!track.isMixed()) {
            String owner = track.names().keySet().iterator().next();
            var assigned = move(SpeakerEventType.TRACK_ASSIGNED, owner, track, track.firstMs())
                    .setTrackId(track.trackId());
            tell(startMs + track.firstMs(), delayMs, assigned.build(), dice);
            return;
        }
        for (Speech speech : track.speech()) {
            turn(speech.participantId(), track, speech, delayMs, dice);
            if (dice.percent(30)) {
                long lengthMs = (speech.endMs() - speech.startMs()) / 4;
                String other = track.names().keySet().stream()
                        .filter(id -> !id.equals(speech.participantId()))
                        .sorted()
                        .findFirst()
                        .orElseThrow();
                long coughMs = speech.startMs() + lengthMs;
                turn(other, track, new Cough(coughMs, coughMs + lengthMs), delayMs, dice);
            }
        }
    }

    private void turn(String id, TrackScript track, Stretch turn, long delayMs, Dice dice) {
        var started = move(SpeakerEventType.STARTED_SPEAKING, id, track, turn.startMs());
        tell(startMs + turn.startMs(), delayMs, started.build(), dice);
        var stopped = move(SpeakerEventType.STOPPED_SPEAKING, id, track, turn.endMs());
        tell(startMs + turn.endMs(), delayMs, stopped.build(), dice);
    }

    private SpeakerEvent.Builder move(SpeakerEventType type, String id, TrackScript track, long atMs) {
        return SpeakerEvent.newBuilder()
                .setMeetingId(meetingId)
                .setSessionUid(sessionUid)
                .setType(type)
                .setParticipantId(id)
                .setName(track.names().get(id))
                .setAtSample(atMs * SAMPLES_PER_MS)
                .setOccurredAt(wallClock(startMs + atMs));
    }

    private void tell(long atMs, long delayMs, SpecificRecord record, Dice dice) {
        deliveries.add(new Delivery(atMs + delayMs, record));
        if (dice.percent(5)) {
            deliveries.add(new Delivery(atMs + delayMs + dice.between(0L, 30_000L), record));
        }
    }

    private static Instant wallClock(long atMs) {
        return MeetingSimulation.START.plusMillis(atMs);
    }
}
