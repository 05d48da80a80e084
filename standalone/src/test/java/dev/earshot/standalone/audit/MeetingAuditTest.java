package dev.earshot.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.segment.domain.Span;
import dev.earshot.segment.domain.Spans;
import dev.earshot.standalone.client.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One track of ten seconds: text from 1 to 4 s and from 5 to 7 s, silence around it. */
class MeetingAuditTest {

    private static final String TRACK = "s:t0";
    private static final Entry FIRST = segment(1, 1000, 4000);
    private static final Entry SECOND = segment(2, 5000, 7000);
    private static final Entry END = complete(3, new Account(10_000, 5000, 5000, 0));

    private static Entry segment(long seq, long startMs, long endMs) {
        return entry(seq, Entry.SEGMENT, TRACK + ":" + startMs, startMs, endMs, null);
    }

    private static Entry gap(long seq, long startMs, long endMs) {
        return entry(seq, Entry.GAP, TRACK + ":gap:" + startMs, startMs, endMs, null);
    }

    private static Entry complete(long seq, Account account) {
        return entry(seq, Entry.COMPLETE, "s:complete", 0, 0, account);
    }

    private static Entry entry(long seq, String kind, String id, long startMs, long endMs, Account account) {
        Span span = account == null ? span(startMs, endMs) : null;
        String track = account == null ? TRACK : null;
        return new Entry(7, seq, kind, "s", id, 1, track, "Ada", startMs, endMs, span, "words", null, account);
    }

    private static Span span(long startMs, long endMs) {
        return new Span(16 * startMs, 16 * endMs);
    }

    private static Map<String, Spans> spans(Span... spans) {
        Spans all = Spans.NONE;
        for (Span span : spans) {
            all = all.plus(span);
        }
        return Map.of(TRACK, all);
    }

    private static MeetingAudit audit(Entry... topic) {
        return audit(List.of(topic), List.of(topic));
    }

    private static MeetingAudit audit(List<Entry> topic, List<Entry> rows) {
        List<Entry.Shown> rest = rows.stream()
                .filter(entry -> !entry.is(Entry.COMPLETE))
                .map(Entry::shown)
                .toList();
        return MeetingAudit.of(new Evidence(
                7,
                spans(span(0, 10_000)),
                spans(span(0, 10_000)),
                spans(span(1000, 4000), span(5000, 7000)),
                topic,
                rows,
                rest));
    }

    @Test
    void accountsForEverySample_whenNothingIsWrong() {
        MeetingAudit audit = audit(FIRST, SECOND, END);

        assertThat(audit.violations()).isEmpty();
        assertThat(audit.captured()).isEqualTo(16 * 10_000);
        assertThat(audit.transcribed()).isEqualTo(16 * 5000);
        assertThat(audit.silent()).isEqualTo(16 * 5000);
        assertThat(audit.gaps()).isZero();
        assertThat(audit.uncovered()).isZero();
        assertThat(audit.duplicates()).isZero();
    }

    @Test
    void speechThatNeverBecameASegmentIsUncovered_whateverTheAccountSays() {
        MeetingAudit audit = audit(FIRST, complete(2, new Account(10_000, 3000, 7000, 0)));

        assertThat(audit.uncovered()).isEqualTo(16 * 2000);
        assertThat(audit.violations()).containsExactly("2000 ms of audio are neither text nor silence nor a gap");
    }

    @Test
    void audioThatNoWorkerAccountedForIsUncovered() {
        MeetingAudit audit = MeetingAudit.of(new Evidence(
                7,
                spans(span(0, 10_000)),
                spans(span(0, 8000)),
                Map.of(),
                List.of(complete(1, new Account(10_000, 0, 10_000, 0))),
                List.of(complete(1, new Account(10_000, 0, 10_000, 0))),
                List.of()));

        assertThat(audit.uncovered()).isEqualTo(16 * 2000);
    }

    @Test
    void gapIsLostButKnown() {
        MeetingAudit audit =
                audit(FIRST, SECOND, gap(3, 8000, 9000), complete(4, new Account(10_000, 5000, 4000, 1000)));

        assertThat(audit.violations()).isEmpty();
        assertThat(audit.gaps()).isEqualTo(16 * 1000);
        assertThat(new Audit(List.of(audit)).lostSeconds()).isEqualTo(1.0);
    }

    @Test
    void countsWhatCameTwiceAndWhatOverlaps() {
        Entry again = entry(3, Entry.SEGMENT, FIRST.segmentId(), 8000, 9000, null);
        Entry overlapping = segment(4, 6999, 7500);

        assertThat(audit(FIRST, SECOND, again, overlapping, END).duplicates()).isEqualTo(2);
    }

    @Test
    void namesHolesInTheCursor() {
        assertThat(audit(FIRST, segment(3, 5000, 7000), END).violations())
                .containsExactly("the topic's entry 2 has seq 3 (expected: dense from 1)");
    }

    @Test
    void namesAnAccountThatIsMissingOrWrong() {
        assertThat(audit(FIRST, SECOND).violations()).containsExactly("a session is complete 0 times (expected: once)");
        assertThat(audit(FIRST, SECOND, complete(3, new Account(10_000, 4000, 6000, 0)))
                        .violations())
                .singleElement()
                .asString()
                .startsWith("the account is not that of the entries");
        assertThat(audit(FIRST, SECOND, complete(3, new Account(10_000, 5000, 4000, 0)))
                        .violations())
                .singleElement()
                .asString()
                .startsWith("the account does not add up");
    }

    @Test
    void namesThePlaceThatHoldsSomethingElse() {
        var rows = new ArrayList<>(List.of(FIRST, SECOND, END));
        rows.remove(1);

        assertThat(audit(List.of(FIRST, SECOND, END), rows).violations())
                .containsExactly(
                        "Postgres has 2 entries, the topic 3, and only the first 1 are the same",
                        "REST has 1 entries, the topic 2, and only the first 1 are the same");
        assertThat(new Audit(List.of(audit(List.of(FIRST, SECOND, END), rows))).text())
                .startsWith("1 meetings, 2 segments: 10.0 s captured = 5.0 transcribed + 5.0 silent")
                .contains("\n  meeting 7: Postgres has 2 entries");
    }
}
