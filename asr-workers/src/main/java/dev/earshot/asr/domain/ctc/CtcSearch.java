package dev.earshot.asr.domain.ctc;

/** Finds the text in a CTC model's rows. Stateless between calls; thread-safe unless an implementation says otherwise. */
public sealed interface CtcSearch permits GreedySearch, BeamSearch {

    /**
     * The tokens heard: no blanks, no space at either end, never two spaces in a row. Empty when nothing was heard.
     */
    int[] tokens(LogProbs rows);
}
