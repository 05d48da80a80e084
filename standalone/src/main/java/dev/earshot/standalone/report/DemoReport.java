package dev.earshot.standalone.report;

import java.util.Locale;

/**
 * The figures that a finished demo prints.
 *
 * @param words words said and heard
 * @param speakersRight segments that carry the name of who said them, of all segments, 0..1
 * @param firstPartialMs speech starts → first text at the reader, milliseconds
 * @param finalMs speech ends → final text at the reader, milliseconds
 * @param heard audio that became text or is known to be silence, of all captured, 0..1
 * @param lost audio that was lost and declared as a gap, of all captured, 0..1
 * @param segments segments in Postgres
 * @param agree whether Postgres, REST and SSE hold the same transcript
 */
public record DemoReport(
        WordErrors words,
        double speakersRight,
        Percentiles firstPartialMs,
        Percentiles finalMs,
        double heard,
        double lost,
        int segments,
        boolean agree) {

    /** Whether a transcript came through, the same everywhere. */
    public boolean passed() {
        return segments > 0 && agree;
    }

    /** The figures as people read them, one per line. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "words spoken            %d%n"
                        + "words heard             %d%n"
                        + "word error rate         %.1f %%  (%s)%n"
                        + "speaker names right     %.0f %%%n"
                        + "first partial, p50/p95  %.0f / %.0f ms after speech starts%n"
                        + "final, p50/p95          %.0f / %.0f ms after speech ends%n"
                        + "audio accounted for     %.2f %%  (%.2f %% heard or silent, %.2f %% lost and declared)%n"
                        + "segments in Postgres    %d%n"
                        + "Postgres = REST = SSE   %s%n",
                words.referenceWords(),
                words.hypothesisWords(),
                100 * words.rate(),
                WordErrors.NORMALISER,
                100 * speakersRight,
                firstPartialMs.at(50),
                firstPartialMs.at(95),
                finalMs.at(50),
                finalMs.at(95),
                100 * (heard + lost),
                100 * heard,
                100 * lost,
                segments,
                agree ? "yes" : "NO");
    }
}
