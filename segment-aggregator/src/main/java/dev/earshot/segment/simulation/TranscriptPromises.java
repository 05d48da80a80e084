package dev.earshot.segment.simulation;

import dev.earshot.schema.avro.TranscriptKind;
import dev.earshot.schema.avro.TranscriptLive;
import dev.earshot.schema.avro.TranscriptSegment;
import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What every transcript promises, checked against what was really said: the cursor is dense and nothing comes twice; of each
 * word of each track there is one segment or one gap; the sums of audio are right; a speaker is the right one or unknown;
 * live text leaves only as confirmed or retracted.
 */
final class TranscriptPromises {

    private final List<SimulatedSession> sessions;
    private final List<String> broken = new ArrayList<>();

    TranscriptPromises(List<SimulatedSession> sessions) {
        this.sessions = sessions;
    }

    /** One sentence for each promise that is broken. */
    List<String> brokenBy(List<TranscriptSegment> entries, List<TranscriptLive> live) {
        checkNumbering(entries);
        for (SimulatedSession session : sessions) {
            List<TranscriptSegment> own =
                    only(entries, entry -> session.sessionUid().equals(entry.getSessionUid()));
            checkAccount(session, own);
            for (TrackScript track : session.tracks()) {
                var transcript = new TrackTranscript(
                        session, track, only(own, entry -> track.trackId().equals(entry.getTrackId())));
                broken.addAll(transcript.broken());
            }
        }
        checkLiveView(live);
        return List.copyOf(broken);
    }

    private void checkNumbering(List<TranscriptSegment> entries) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            TranscriptSegment entry = entries.get(i);
            require(entry.getSeq() == i + 1, "entry " + (i + 1) + " has seq " + entry.getSeq());
            require(ids.add(entry.getSegmentId()), entry.getSegmentId() + " is there twice");
            require(
                    entry.getKind() != TranscriptKind.SEGMENT
                            || entry.getSegmentId().matches(entry.getTrackId() + ":\\d+"),
                    entry.getSegmentId() + " does not say where its audio is");
        }
    }

    private void checkAccount(SimulatedSession session, List<TranscriptSegment> entries) {
        List<TranscriptSegment> complete = only(entries, entry -> entry.getKind() == TranscriptKind.COMPLETE);
        if (complete.size() != 1) {
            require(false, session.sessionUid() + " is complete " + complete.size() + " times");
            return;
        }
        TranscriptSegment account = complete.get(0);
        long accounted = account.getTranscribedMs() + account.getSilentMs() + account.getMissingMs();
        require(account.getCapturedMs() == accounted, "captured " + account.getCapturedMs() + " ms, but " + accounted);
        long missing = 0;
        long transcribed = 0;
        for (TrackScript track : session.tracks()) {
            List<TranscriptSegment> own = only(entries, entry -> track.trackId().equals(entry.getTrackId()));
            Spans gaps = spans(only(own, entry -> entry.getKind() == TranscriptKind.GAP));
            Spans segments = spans(only(own, entry -> entry.getKind() == TranscriptKind.SEGMENT));
            missing += gaps.length();
            transcribed += segments.minus(gaps).length();
        }
        require(
                account.getMissingMs() == Span.toMs(missing),
                "missing " + account.getMissingMs() + " ms, gaps " + Span.toMs(missing));
        require(
                account.getTranscribedMs() == Span.toMs(transcribed),
                "transcribed " + account.getTranscribedMs() + " ms, segments " + Span.toMs(transcribed));
        if (session.endToldBy() == SimulatedSession.End.WITH_TRACKS) {
            long audio = session.tracks().stream()
                    .mapToLong(track -> track.endMs() - knownFrom(track, entries))
                    .sum();
            require(account.getCapturedMs() >= audio, "captured " + account.getCapturedMs() + " ms of " + audio);
        }
    }

    /** Nobody can tell where a mixed track began whose first account never came: with what it says at the latest. */
    private static long knownFrom(TrackScript track, List<TranscriptSegment> entries) {
        return track.isMixed()
                ? entries.stream()
                        .filter(entry -> track.trackId().equals(entry.getTrackId()))
                        .mapToLong(TranscriptSegment::getStartMs)
                        .min()
                        .orElse(track.firstMs())
                : track.firstMs();
    }

    /** What a viewer shows who takes the newest revision of each track, as the live view in Redis does. */
    private void checkLiveView(List<TranscriptLive> live) {
        Map<String, TranscriptLive> shown = new HashMap<>();
        for (TranscriptLive record : live) {
            TranscriptLive before = shown.get(record.getTrackId());
            if (before != null && before.getRevision() > record.getRevision()) {
                continue;
            }
            shown.put(record.getTrackId(), record);
            if (before != null && before.getRevision() + 1 == record.getRevision()) {
                Set<String> gone = ids(before);
                gone.removeAll(ids(record));
                gone.removeAll(record.getConfirmed());
                gone.removeAll(record.getRetracted());
                require(gone.isEmpty(), gone + " vanished from the live view");
            }
        }
        shown.values()
                .forEach(record ->
                        require(record.getPending().isEmpty(), ids(record) + " is still pending when all is complete"));
    }

    private static Set<String> ids(TranscriptLive record) {
        Set<String> ids = new HashSet<>();
        record.getPending().forEach(segment -> ids.add(segment.getSegmentId()));
        return ids;
    }

    static Spans spans(List<TranscriptSegment> entries) {
        Spans spans = Spans.NONE;
        for (TranscriptSegment entry : entries) {
            spans = spans.plus(new Span(entry.getStartSample(), entry.getEndSample()));
        }
        return spans;
    }

    static List<TranscriptSegment> only(List<TranscriptSegment> entries, Predicate<TranscriptSegment> wanted) {
        return entries.stream().filter(wanted).toList();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
