package dev.earshot.asr.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * The account of a track's audio: every sample from the beginning on belongs to exactly one span, which is an utterance, a
 * gap or silence. A span of speech is settled when its final is published; the others are from the start. Not thread-safe.
 */
final class Coverage {

    private static final long ONE_SECOND = AudioTime.SAMPLE_RATE_HZ;

    private final Deque<Span> spans = new ArrayDeque<>();
    private final List<Gap> inside = new ArrayList<>();
    private boolean begun;
    private long end;
    private long reported;
    private boolean reportedAfterCut;

    /** The account begins at a sample; later calls do nothing. */
    void begin(long sample) {
        if (!begun) {
            begun = true;
            end = sample;
            reported = sample;
            inside.removeIf(gap -> gap.endSample() <= sample);
            inside.replaceAll(
                    gap -> gap.startSample() >= sample ? gap : new Gap(sample, gap.endSample(), gap.reason()));
        }
    }

    boolean begun() {
        return begun;
    }

    void silence(long to) {
        Span last = spans.peekLast();
        if (last != null && last.kind == Kind.SILENCE) {
            last.end = Math.max(last.end, to);
            end = last.end;
        } else {
            add(new Span(Kind.SILENCE, to, null, false));
        }
    }

    /** Speech whose final is still to be published. */
    void utterance(long start, long to, boolean cut) {
        silence(start);
        add(new Span(Kind.UTTERANCE, to, null, cut));
    }

    /** Lost audio up to a sample. */
    void gap(long to, Gap.Reason reason) {
        add(new Span(Kind.GAP, to, reason, false));
    }

    /** Zeros within audio that was otherwise heard: told with the rest, but it breaks nothing. */
    void zeros(Gap gap) {
        inside.add(gap);
    }

    /**
     * The final of the utterance that starts at a sample is published.
     *
     * @param lost why nobody knows what was said in it; null when somebody does
     */
    void settle(long start, Gap.@Nullable Reason lost) {
        long from = reported;
        for (Span span : spans) {
            if (span.kind == Kind.UTTERANCE && from == start) {
                span.settled = true;
                span.reason = lost;
                return;
            }
            from = span.end;
        }
    }

    /** One past the last sample that is on the account. */
    long end() {
        return end;
    }

    /** One past the last sample reported. */
    long reported() {
        return reported;
    }

    boolean reportedAfterCut() {
        return reportedAfterCut;
    }

    /**
     * What can be reported now, or null when it is not worth a record yet: less than a second of silence.
     *
     * @param ended whether the track has ended
     * @param all whether any silence is worth a record
     */
    @Nullable
    Progress report(boolean ended, boolean all) {
        if (!begun) {
            return null;
        }
        long start = reported;
        long to = start;
        boolean worthIt = ended || all;
        for (Span span : spans) {
            if (!span.settled) {
                break;
            }
            to = span.end;
            worthIt |= span.kind != Kind.SILENCE;
        }
        boolean whole = ended && to == end;
        if (!whole && (to == start || !(worthIt || to - start >= ONE_SECOND))) {
            return null;
        }
        return taken(start, to, whole);
    }

    private Progress taken(long start, long to, boolean whole) {
        var gaps = new ArrayList<Gap>();
        long from = start;
        while (!spans.isEmpty() && spans.getFirst().settled) {
            Span span = spans.removeFirst();
            if (span.reason != null) {
                gaps.add(new Gap(from, span.end, span.reason));
            }
            from = span.end;
            reportedAfterCut = span.cut;
        }
        for (ListIterator<Gap> each = inside.listIterator(); each.hasNext(); ) {
            Gap gap = each.next();
            if (gap.endSample() <= to) {
                gaps.add(gap);
                each.remove();
            } else if (gap.startSample() < to) {
                gaps.add(new Gap(gap.startSample(), to, gap.reason()));
                each.set(new Gap(to, gap.endSample(), gap.reason()));
            }
        }
        reported = to;
        return new Progress(start, to, gaps, whole, reportedAfterCut);
    }

    private void add(Span span) {
        if (span.end > end) {
            spans.add(span);
            end = span.end;
        }
    }

    private enum Kind {
        SILENCE,
        UTTERANCE,
        GAP
    }

    private static final class Span {
        final Kind kind;
        Gap.@Nullable Reason reason;
        final boolean cut;
        long end;
        boolean settled;

        Span(Kind kind, long end, Gap.@Nullable Reason reason, boolean cut) {
            this.kind = kind;
            this.end = end;
            this.reason = reason;
            this.cut = cut;
            this.settled = kind != Kind.UTTERANCE;
        }
    }
}
