/**
 * From a CTC model's rows of log probabilities to words: greedy and lexicon beam search, word times, capitals. Plain
 * functions over arrays.
 */
@NullMarked
package dev.earshot.asr.domain.ctc;

import org.jspecify.annotations.NullMarked;
