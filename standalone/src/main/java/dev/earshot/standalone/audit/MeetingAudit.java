package dev.earshot.standalone.audit;

import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.standalone.client.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What became of one meeting, and everything that is wrong with its transcript. Audio is in samples at 16 kHz, over all
 * tracks, and adds up: captured = transcribed + silent + gaps + uncovered.
 *
 * @param segments confirmed text, in the order of the topic
 * @param captured audio that reached the audio topic
 * @param transcribed of it, what a segment covers
 * @param silent of it, what a worker accounted for without a word in it
 * @param gaps of it, what was declared lost
 * @param uncovered of it, what nobody can tell anything about
 * @param duplicates segments that came twice, or that overlap another one of their track
 * @param violations one sentence for each broken rule, without any text of the meeting
 */
public record MeetingAudit(
        long meetingId,
        List<Entry> segments,
        long captured,
        long transcribed,
        long silent,
        long gaps,
        long uncovered,
        int duplicates,
        List<String> violations) {

    /** Milliseconds are rounded down per session, so two sums may differ by so many. */
    private static final long ROUNDING_MS = 2;

    /** Judges the evidence. Pure. */
    static MeetingAudit of(Evidence evidence) {
        var violations = new ArrayList<String>();
        List<Entry> topic = evidence.topic();
        List<Entry> segments =
                topic.stream().filter(entry -> entry.is(Entry.SEGMENT)).toList();
        Map<String, Spans> text = byTrack(topic, entry -> entry.is(Entry.SEGMENT));
        Map<String, Spans> lost = byTrack(topic, entry -> entry.is(Entry.GAP));
        long captured = 0;
        long transcribed = 0;
        long silent = 0;
        long gaps = 0;
        for (Map.Entry<String, Spans> track : evidence.captured().entrySet()) {
            String id = track.getKey();
            Spans audio = track.getValue();
            Spans said = audio.and(of(text, id));
            Spans missing = audio.and(of(lost, id)).minus(said);
            // Speech that a worker reported but that never became a segment is nothing that silence could cover.
            Spans quiet = audio.and(of(evidence.accounted(), id))
                    .minus(of(evidence.spoken(), id))
                    .minus(said)
                    .minus(missing);
            captured += audio.length();
            transcribed += said.length();
            gaps += missing.length();
            silent += quiet.length();
        }
        long uncovered = captured - transcribed - gaps - silent;
        int duplicates = duplicates(segments);
        if (uncovered > 0) {
            violations.add(Span.toMs(uncovered) + " ms of audio are neither text nor silence nor a gap");
        }
        if (duplicates > 0) {
            violations.add(duplicates + " segments came twice or overlap another one");
        }
        checkCursor(topic, violations);
        checkAccounts(evidence, text, lost, violations);
        checkPlaces(evidence, violations);
        return new MeetingAudit(
                evidence.meetingId(), segments, captured, transcribed, silent, gaps, uncovered, duplicates, violations);
    }

    private static Map<String, Spans> byTrack(List<Entry> entries, Predicate<Entry> wanted) {
        var spans = new HashMap<String, Spans>();
        for (Entry entry : entries) {
            Span span = entry.span();
            String track = entry.trackId();
            if (wanted.test(entry) && span != null && track != null) {
                spans.merge(track, Spans.of(span), Spans::plus);
            }
        }
        return spans;
    }

    private static Spans of(Map<String, Spans> byTrack, String track) {
        return byTrack.getOrDefault(track, Spans.NONE);
    }

    private static int duplicates(List<Entry> segments) {
        Set<String> ids = new HashSet<>();
        Map<String, Spans> before = new HashMap<>();
        int duplicates = 0;
        for (Entry segment : segments) {
            Spans audio = Spans.of(Objects.requireNonNull(segment.span(), segment.segmentId()));
            String track = Objects.requireNonNull(segment.trackId(), segment.segmentId());
            if (!ids.add(segment.segmentId()) || !of(before, track).and(audio).isEmpty()) {
                duplicates++;
            }
            before.merge(track, audio, Spans::plus);
        }
        return duplicates;
    }

    private static void checkCursor(List<Entry> topic, List<String> violations) {
        long[] seqs = topic.stream().mapToLong(Entry::seq).toArray();
        for (int i = 0; i < seqs.length; i++) {
            if (seqs[i] != i + 1) {
                violations.add("the topic's entry " + (i + 1) + " has seq " + seqs[i] + " (expected: dense from 1)");
                return;
            }
        }
    }

    /** Each session is complete once, and its account is what the entries add up to. */
    private static void checkAccounts(
            Evidence evidence, Map<String, Spans> text, Map<String, Spans> lost, List<String> violations) {
        for (String session : sessions(evidence)) {
            List<Account> accounts = evidence.topic().stream()
                    .filter(entry -> entry.is(Entry.COMPLETE) && session.equals(entry.sessionUid()))
                    .map(Entry::account)
                    .filter(Objects::nonNull)
                    .toList();
            if (accounts.size() != 1) {
                violations.add("a session is complete " + accounts.size() + " times (expected: once)");
                continue;
            }
            Account account = accounts.get(0);
            if (account.capturedMs() != account.transcribedMs() + account.silentMs() + account.missingMs()) {
                violations.add("the account does not add up: " + account);
            }
            if (account.capturedMs() + ROUNDING_MS < ofSession(evidence.captured(), session)
                    || differ(account.transcribedMs(), ofSession(text, session))
                    || differ(account.missingMs(), ofSession(lost, session))) {
                violations.add("the account is not that of the entries: " + account);
            }
        }
    }

    private static Set<String> sessions(Evidence evidence) {
        Set<String> sessions = new HashSet<>();
        evidence.captured().keySet().forEach(track -> sessions.add(track.substring(0, track.lastIndexOf(':'))));
        return sessions;
    }

    private static long ofSession(Map<String, Spans> byTrack, String session) {
        return Span.toMs(byTrack.entrySet().stream()
                .filter(track -> track.getKey().startsWith(session + ":"))
                .mapToLong(track -> track.getValue().length())
                .sum());
    }

    private static boolean differ(long oneMs, long otherMs) {
        return Math.abs(oneMs - otherMs) > ROUNDING_MS;
    }

    /** Topic, Postgres and REST hold the same. */
    private static void checkPlaces(Evidence evidence, List<String> violations) {
        compare("Postgres", evidence.topic(), evidence.rows(), violations);
        List<Entry.Shown> expected = evidence.topic().stream()
                .map(Entry::shown)
                .filter(Objects::nonNull)
                .toList();
        compare("REST", expected, evidence.rest(), violations);
    }

    private static <T> void compare(String place, List<T> topic, List<T> found, List<String> violations) {
        if (!topic.equals(found)) {
            long same = LongStream.range(0, Math.min(topic.size(), found.size()))
                    .takeWhile(i -> topic.get((int) i).equals(found.get((int) i)))
                    .count();
            violations.add(place + " has " + found.size() + " entries, the topic " + topic.size()
                    + ", and only the first " + same + " are the same");
        }
    }
}
