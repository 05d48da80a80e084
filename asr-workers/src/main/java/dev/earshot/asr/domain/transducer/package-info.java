/** Greedy search over transducers (RNN-T, TDT): which tokens are said, in which frames, and what words they spell. */
@NullMarked
package dev.earshot.asr.domain.transducer;

import org.jspecify.annotations.NullMarked;
