package dev.earshot.bench.wer;

import dev.earshot.bench.JsonRow;
import dev.earshot.standalone.report.Percentiles;
import dev.earshot.standalone.report.WordErrors;
import java.util.Locale;

/**
 * What was heard of a corpus.
 *
 * @param utterances how many
 * @param offline each utterance decoded whole
 * @param streaming through the worker, said in real time: endpoints, windows and all
 * @param rtfx seconds of audio per second, decoded whole, one after the other
 * @param firstPartialMs streaming: from the capture of an utterance's beginning to its first text
 * @param finalMs streaming: from the capture of an utterance's end to its final; of the endpoint silence it has what comes after
 *     the 260 ms that belong to the utterance
 */
public record WerRow(
        int utterances, Heard offline, Heard streaming, double rtfx, Percentiles firstPartialMs, Percentiles finalMs) {

    /** The row as people read it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%d utterances, %d words; %s%n"
                        + "            word errors  letter errors   RTFx   first text p50 / p95   final p50 / p95%n"
                        + "offline     %9.1f %%  %11.1f %%  %5.0f%n"
                        + "streaming   %9.1f %%  %11.1f %%         %10.0f / %.0f ms   %8.0f / %.0f ms%n",
                utterances,
                offline.words().referenceWords(),
                WordErrors.NORMALISER,
                100 * offline.words().rate(),
                100 * offline.letters().rate(),
                rtfx,
                100 * streaming.words().rate(),
                100 * streaming.letters().rate(),
                firstPartialMs.at(50),
                firstPartialMs.at(95),
                finalMs.at(50),
                finalMs.at(95));
    }

    /** The row as programs read it; rates of 0 to 1 and above. */
    public String json() {
        return new JsonRow()
                .put("utterances", utterances)
                .put("words", offline.words().referenceWords())
                .put("wer_offline", offline.words().rate(), 4)
                .put("wer_streaming", streaming.words().rate(), 4)
                .put("cer_offline", offline.letters().rate(), 4)
                .put("cer_streaming", streaming.letters().rate(), 4)
                .put("rtfx", rtfx, 1)
                .put("first_partial_ms_p50", firstPartialMs.at(50), 1)
                .put("first_partial_ms_p95", firstPartialMs.at(95), 1)
                .put("final_ms_p50", finalMs.at(50), 1)
                .put("final_ms_p95", finalMs.at(95), 1)
                .toString();
    }
}
