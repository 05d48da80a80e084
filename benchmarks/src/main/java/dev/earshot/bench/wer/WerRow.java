package dev.earshot.bench.wer;

import dev.earshot.bench.JsonRow;
import dev.earshot.standalone.report.WordErrors;
import java.util.Locale;

/**
 * What was heard of a corpus.
 *
 * @param utterances how many
 * @param offline word errors, each utterance decoded whole
 * @param streaming word errors through the worker: endpoints, windows and all
 * @param characters the same as {@code offline}, letter by letter
 * @param rtfx seconds of audio per second, decoded whole, one after the other
 */
public record WerRow(int utterances, WordErrors offline, WordErrors streaming, WordErrors characters, double rtfx) {

    /** The row as people read it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "utterances              %d, %d words%n"
                        + "word errors, offline    %.1f %%  (%s)%n"
                        + "word errors, streaming  %.1f %%%n"
                        + "letter errors, offline  %.1f %%%n"
                        + "RTFx, offline           %.0f%n",
                utterances,
                offline.referenceWords(),
                100 * offline.rate(),
                WordErrors.NORMALISER,
                100 * streaming.rate(),
                100 * characters.rate(),
                rtfx);
    }

    /** The row as programs read it; rates of 0 to 1 and above. */
    public String json() {
        return new JsonRow()
                .put("utterances", utterances)
                .put("words", offline.referenceWords())
                .put("wer_offline", offline.rate(), 4)
                .put("wer_streaming", streaming.rate(), 4)
                .put("cer_offline", characters.rate(), 4)
                .put("rtfx", rtfx, 1)
                .toString();
    }
}
