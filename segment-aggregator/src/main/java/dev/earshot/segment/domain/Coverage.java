package dev.earshot.segment.domain;

/**
 * What became of the audio, in samples. The law: captured = transcribed + silent + missing.
 *
 * @param captured all samples accounted for
 * @param transcribed of those, samples that a segment covers
 * @param missing of those, samples that were lost
 */
public record Coverage(long captured, long transcribed, long missing) {

    public static final Coverage NONE = new Coverage(0, 0, 0);

    public Coverage {
        if (transcribed < 0 || missing < 0 || transcribed + missing > captured) {
            throw new IllegalArgumentException("coverage: captured " + captured + ", transcribed " + transcribed
                    + ", missing " + missing + " (expected: transcribed + missing <= captured, in samples)");
        }
    }

    public Coverage plus(Coverage other) {
        return new Coverage(captured + other.captured, transcribed + other.transcribed, missing + other.missing);
    }

    public long capturedMs() {
        return Span.toMs(captured);
    }

    public long transcribedMs() {
        return Span.toMs(transcribed);
    }

    public long missingMs() {
        return Span.toMs(missing);
    }

    /** Takes the rounding to milliseconds, so that the law holds for these numbers too. */
    public long silentMs() {
        return capturedMs() - transcribedMs() - missingMs();
    }
}
