package dev.earshot.segment.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What became of one track's audio, kept so that each sample counts once whatever comes twice, late or not at all.
 *
 * <p>Workers account for audio and the fold confirms segments, in either order. What both say about the same audio meets
 * here: {@code lost} waits for segments to come, {@code unaccounted} for accounts to come.
 *
 * @param accounted audio that a worker accounted for; one span unless an account is missing
 * @param lost gaps that a segment to come may touch
 * @param unaccounted audio of segments that no worker has accounted for yet
 * @param missing samples in gaps
 * @param transcribed samples of accounted audio, gaps excepted, that a segment covers
 * @param endKnown whether the end of the track is accounted for
 */
public record TrackAccount(
        Spans accounted, Spans lost, Spans unaccounted, long missing, long transcribed, boolean endKnown) {

    static final TrackAccount EMPTY = new TrackAccount(Spans.NONE, Spans.NONE, Spans.NONE, 0, 0, false);

    /** All audio of the track is accounted for. */
    boolean isWhole() {
        return endKnown && accounted.list().size() <= 1;
    }

    /** Whether a segment was confirmed. */
    boolean hasText() {
        return transcribed > 0 || !unaccounted.isEmpty();
    }

    /** Where what is known of the track begins; empty when nothing was ever heard of it. */
    OptionalLong firstSample() {
        Spans known = accounted.plus(unaccounted);
        return known.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(known.hull().start());
    }

    /** Up to here nothing is unknown; 0 when nothing is known. */
    long through() {
        return accounted.endOfFirstRun();
    }

    /** The gaps, or parts of them, that this account knows nothing of. */
    List<Gap> newIn(Span span, List<Gap> gaps) {
        Spans open = Spans.of(span).minus(accounted);
        var found = new ArrayList<Gap>();
        for (Gap gap : gaps) {
            Spans news = Spans.of(gap.span()).and(open);
            news.list().forEach(part -> found.add(new Gap(part, gap.reason())));
            open = open.minus(news);
        }
        return found;
    }

    /** Takes a worker's account. The gaps are those that {@link #newIn} found. */
    TrackAccount account(Span span, List<Gap> newGaps, boolean endOfTrack) {
        Spans gaps = Spans.NONE;
        for (Gap gap : newGaps) {
            gaps = gaps.plus(gap.span());
        }
        Spans spoken = unaccounted.and(Spans.of(span));
        return new TrackAccount(
                accounted.plus(span),
                lost.plus(gaps),
                unaccounted.minus(spoken),
                missing + gaps.length(),
                transcribed + spoken.minus(gaps).length(),
                endKnown || endOfTrack);
    }

    /** Takes a confirmed segment. Segments come in order and do not overlap. */
    TrackAccount transcribe(Span segment) {
        Spans spoken = Spans.of(segment);
        Spans known = spoken.and(accounted);
        Span rest = new Span(segment.end(), Long.MAX_VALUE);
        return new TrackAccount(
                accounted,
                lost.and(Spans.of(rest)),
                unaccounted.plus(spoken.minus(known)),
                missing,
                transcribed + known.minus(lost).length(),
                endKnown);
    }

    /**
     * What nobody accounted for, as gaps: between the first and the last sample known, and where audio is expected.
     *
     * @param expected audio that the track must have had; empty when that is not known
     */
    List<Gap> unexplained(Span expected) {
        Spans known = accounted.plus(unaccounted);
        Spans whole = known.plus(expected);
        return whole.isEmpty()
                ? List.of()
                : Spans.of(whole.hull()).minus(known).list().stream()
                        .map(hole -> new Gap(hole, Gap.UNACCOUNTED))
                        .toList();
    }

    /** The account at the end of all waiting: the gaps of {@link #unexplained} are accepted. */
    TrackAccount settle(Span expected, List<Gap> unexplained) {
        Spans whole = accounted.plus(unaccounted).plus(expected);
        return whole.isEmpty() ? this : account(whole.hull(), unexplained, true);
    }

    Coverage coverage() {
        return new Coverage(accounted.length(), transcribed, missing);
    }
}
